// Tables: a press on a head sorts the rows, and a box with nothing to scroll is no stop of
// the keyboard. Without this the heads are plain text.
(() => {
  'use strict';
  const doc = document;

  // A box that scrolls takes the focus. Names of rows in several columns stay in view side
  // by side, where they leave room for the numbers.
  const look = box => {
    const aside = box.scrollWidth > box.clientWidth + 1, down = box.scrollHeight > box.clientHeight + 1;
    box.classList.toggle('scrolls', aside);
    const stops = (aside || down) && !box.querySelector('a.fig-link'); // else those take it
    if (stops || box === doc.activeElement) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
    const row = box.querySelector('tbody tr');
    let at = 0, heads = 0;
    for (const [i, cell] of [...row ? row.cells : []].entries()) {
      if (cell.localName !== 'th') break;
      const width = cell.getBoundingClientRect().width;
      const fits = !i || heads === at && at + width < box.clientWidth * .6;
      if (fits) heads = at + width;
      box.style.setProperty('--head-' + (i + 1), fits ? at + 'px' : 'auto');
      at += width;
    }
    box.style.setProperty('--heads', heads + 'px');
  };
  const watch = new ResizeObserver(changed => {
    for (const box of new Set(changed.map(c => c.target.closest('.table-scroll')))) look(box);
  });

  // What is copied are the numbers: without marks, and as other programs read them.
  const written = cell => {
    const plain = cell.cloneNode(true);
    for (const e of plain.querySelectorAll('sup, .said')) e.remove();
    return plain.textContent.trim().replace(/\u200e?\u2212(?=\d)/g, '-')
      .replace(/(\d)[\u00a0\u2009\u202f](?=\d)/g, '$1').replace(/[\u00a0\u202f]/g, ' ');
  };
  doc.addEventListener('copy', e => {
    const chosen = getSelection(), range = chosen.rangeCount && chosen.getRangeAt(0);
    const from = range && range.commonAncestorContainer;
    const table = from && (from.closest ? from : from.parentElement).closest('figure table');
    if (!table) return;
    const rows = [...table.rows].map(r => [...r.cells].filter(c => range.intersectsNode(c)).map(written)).filter(r => r.length);
    if (rows.flat().length < 2) return;
    const copy = doc.createElement('table');
    for (const r of rows) {
      const row = copy.insertRow();
      for (const text of r) row.insertCell().textContent = text;
    }
    e.clipboardData.setData('text/plain', rows.map(r => r.join('\t')).join('\n'));
    e.clipboardData.setData('text/html', copy.outerHTML);
    e.preventDefault();
  });

  // By what a cell is sorted: the number or the day in it; of names, the text. Nothing
  // where a column of numbers has none.
  const key = (cell, named) => {
    const data = cell.querySelector('data');
    if (data) return isNaN(data.value) ? Date.parse(data.value) : Number(data.value);
    return named ? cell.textContent : undefined;
  };

  // The order of the rows, as places: up is 1, down is -1. Totals stay last, and before
  // them what has no value; equals stay as they were.
  const sorted = (rows, column, up, names) => {
    const named = !rows.some(r => r.cells[column].querySelector('data'));
    const keys = rows.map(r => key(r.cells[column], named));
    const rank = i => rows[i].classList.contains('total') ? 2 : keys[i] === undefined ? 1 : 0;
    return [...rows.keys()].sort((a, b) => rank(a) - rank(b) ||
      (rank(a) ? 0 : up * (named ? names.compare(keys[a], keys[b]) : keys[a] - keys[b])));
  };

  const sorts = table => {
    const box = table.parentElement, words = table.dataset;
    const names = new Intl.Collator(table.closest('[lang]').lang, { numeric: true });
    // On paper a wide table is several, which follow it.
    const all = [table];
    for (let e = box.nextElementSibling; e && e.matches('.on-paper'); e = e.nextElementSibling) all.push(e);
    const first = all.map(t => [...t.tBodies[0].rows]);
    const said = doc.createElement('p');
    said.className = 'said';
    said.setAttribute('role', 'status');
    box.after(said);
    let head, up = 0;
    const press = (th, column, label) => {
      if (head) head.removeAttribute('aria-sort');
      up = th !== head ? 1 : up > 0 ? -1 : up + 1;
      head = th;
      if (up) th.setAttribute('aria-sort', up > 0 ? 'ascending' : 'descending');
      const order = up ? sorted(first[0], column, up, names) : [...first[0].keys()];
      for (const [i, t] of all.entries()) t.tBodies[0].append(...order.map(n => first[i][n]));
      box.scrollTop = 0;
      said.textContent = up ? (up > 0 ? words.up : words.down).replace('%s', label) : words.back;
    };
    for (const [column, th] of [...table.tHead.rows[0].cells].entries()) {
      const button = doc.createElement('button'), label = th.textContent;
      button.type = 'button';
      button.append(...th.childNodes);
      button.onclick = () => press(th, column, label);
      th.append(button);
    }
  };

  const dress = part => {
    for (const box of part.querySelectorAll('.table-scroll')) {
      watch.observe(box);
      watch.observe(box.querySelector('table'));
    }
    for (const table of part.querySelectorAll('table.sortable')) sorts(table);
  };
  dress(doc);
  doc.addEventListener('dress', e => dress(e.detail)); // see chart.js
})();
