// The pages of all figures: a field that filters the rows, by words and by group, and
// entries that open when a link leads to them, as they do in browsers of today without this.
(() => {
  'use strict';
  const doc = document, find = doc.querySelector('.find');
  const rows = find ? [...doc.querySelectorAll('.entries > li')] : [];
  if (!rows.length || !find.querySelector('input')) return;

  // Capitals, accents, the signs within numbers and which minus stands before them make no
  // difference.
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[\u2010-\u2013\u2212](?=\d)/g, '-')
    .replace(/(\d)[.,'’\u00a0\u2009\u202f](?=\d{3})/g, '$1').replace(/\s+/g, ' ');

  // How deep a row stands, and what it is found by. The rows below it that stand deeper are
  // its parts.
  const all = rows.map(li => {
    const entry = li.querySelector('.entry'), deep = entry && entry.className.match(/deep-(\d+)/);
    const section = li.closest('section'), title = section.querySelector('h2');
    const text = plain(title.textContent + ' ' + li.textContent);
    return { li, section, group: title.id, deep: deep ? +deep[1] : 0, text };
  });

  const field = find.querySelector('input'), choice = find.querySelector('select');
  const count = find.querySelector('.find-count'), total = count.textContent;
  find.classList.add('works');
  for (const control of [field, choice]) if (control) control.disabled = false;

  // A part is shown below its whole, else nobody knew what it is a part of.
  const filter = () => {
    const words = plain(field.value).trim().split(' '), group = choice ? choice.value : '';
    let shown = 0, deep = 0;
    const sections = new Set();
    for (const row of [...all].reverse()) {
      const fits = (!group || row.group === group) && words.every(w => row.text.includes(w));
      const show = fits || row.deep < deep;
      row.li.hidden = !show;
      if (!show) continue;
      shown++;
      deep = row.deep;
      sections.add(row.section);
    }
    for (const { section } of all) section.hidden = !sections.has(section);
    count.textContent = shown === all.length ? total : find.dataset.shown
      .replace(/%(\[1\])?s/, shown).replace(/%(\[2\])?s/, all.length);
  };
  field.oninput = filter;
  if (choice) choice.onchange = filter;

  // The keyboard stops at wholes, and at parts where their whole is open or they are; an open
  // whole links to its parts too. The arrow keys go through all rows.
  const summaryOf = row => row.li.querySelector('summary');
  const stops = () => {
    const open = []; // by depth: whether the row above is
    for (const row of all) {
      const entry = row.li.querySelector('.entry'), summary = summaryOf(row);
      if (!summary) continue;
      summary.tabIndex = row.deep && !open[row.deep - 1] && !entry.open ? -1 : 0;
      open[row.deep] = entry.open;
    }
  };
  const shelf = doc.querySelector('.shelf');
  shelf.addEventListener('toggle', stops, true);
  shelf.addEventListener('keydown', e => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key], from = step && e.target.closest('summary');
    if (!from) return;
    const shown = all.filter(row => !row.li.hidden).map(summaryOf).filter(Boolean);
    const to = shown[shown.indexOf(from) + step];
    if (to) to.focus();
    e.preventDefault();
  });
  stops();

  // A link leads to an entry that is filtered out, or folded by an older browser.
  const lead = () => {
    const to = doc.getElementById(decodeURIComponent(location.hash.slice(1)));
    const entry = to && to.closest('.entries > li');
    if (!entry) return;
    if (entry.hidden) {
      field.value = '';
      if (choice) choice.value = '';
      filter();
    }
    const folded = to.closest('details');
    if (folded && !folded.open) folded.open = true;
    to.scrollIntoView();
  };
  addEventListener('hashchange', lead);
  if (field.value) filter();
  lead();
})();
