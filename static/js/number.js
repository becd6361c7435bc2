// Numbers: a press opens a card that says what the number is, and copies it with all that
// belongs to it. Those of a table or a text are one stop of the tab key, and the arrow keys go
// on. Without this each is a link to its place among all numbers.
(() => {
  'use strict';
  const doc = document, words = doc.currentScript.dataset;
  const make = (name, text, into) => {
    const e = doc.createElement(name);
    if (name === 'button') e.type = name;
    if (text) e.textContent = text;
    if (into) into.append(e);
    return e;
  };
  const nameOf = link => link.getAttribute('aria-label') || link.dataset.name;
  const ended = text => /[.!?…]$/.test(text) ? text : text + '.';

  // What leaves the page is true by itself.
  const sentence = link => [
    words.site + words.colon + ended(nameOf(link)), link.dataset.note,
    link.dataset.source && ended(words.source + words.colon + link.dataset.source),
    words.edition && ended(words.edition), link.href
  ].filter(text => text).join(' ');

  // A number as spreadsheets of the language read it; nothing where it is none.
  const bare = link => {
    const data = link.querySelector('data');
    return data ? data.value.replace('.', words.decimal) : '';
  };

  let box, opener, asked;
  const shut = () => {
    if (box) box.remove();
    if (opener) opener.setAttribute('aria-expanded', 'false');
    box = opener = null;
  };
  const back = () => { const o = opener; shut(); o.focus(); };

  const align = (e, at) => {
    e.style.left = Math.max(8, Math.min(at.left, doc.documentElement.clientWidth - e.offsetWidth - 8)) + 'px';
  };

  // The card stands at its number as long as that is seen.
  const place = () => {
    asked = 0;
    if (!box) return;
    const at = opener.getBoundingClientRect(), high = box.offsetHeight, below = at.bottom + 6;
    const scroll = opener.closest('.table-scroll'), room = scroll && scroll.getBoundingClientRect();
    if (at.bottom < 0 || at.top > innerHeight ||
      room && (at.right < room.left || at.left > room.right || at.bottom < room.top || at.top > room.bottom)) return shut();
    align(box, at);
    box.style.top = Math.max(8, below + high > innerHeight && at.top > high + 6 ? at.top - high - 6 :
      Math.min(below, innerHeight - high - 8)) + 'px';
  };
  const moved = () => { asked ||= requestAnimationFrame(place); };

  const copies = (button, text, otherwise) => {
    button.onclick = () => {
      if (!navigator.clipboard) return otherwise();
      navigator.clipboard.writeText(text).then(() => { button.textContent = words.copied; }, otherwise);
    };
  };

  // Where nobody may write to the clipboard, such as in a frame, the text is shown, selected.
  const copier = (label, text, row) => {
    const button = make('button', label, row), card = box;
    const show = () => {
      let area = card.querySelector('textarea');
      if (!area) {
        area = make('textarea', '', card);
        area.readOnly = true;
        area.rows = 4;
      }
      area.setAttribute('aria-label', label);
      area.value = text;
      place();
      area.focus({ preventScroll: true });
      area.select();
    };
    copies(button, text, show);
  };

  const open = link => {
    shut();
    opener = link;
    const d = link.dataset;
    box = make('div');
    box.className = 'about';
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-label', nameOf(link));
    box.tabIndex = -1;
    make('p', d.label, box).className = 'label';
    make('p', d.line, box).className = 'line';
    if (d.status) make('p', words.status + words.colon + d.status, box);
    if (d.note) make('p', d.note, box);
    if (d.source) make('p', words.source + words.colon + d.source, box);
    const row = make('div', '', box), number = bare(link);
    copier(words.copy, sentence(link), row);
    if (number) copier(words.number, number, row);
    Object.assign(make('a', words.about, row), { href: link.href, target: link.target });
    if (d.explained) Object.assign(make('a', words.explained, row), { href: d.explained, target: link.target });
    if (d.edit) Object.assign(make('a', words.edit, row), { href: d.edit, target: link.target });
    const id = words.pictures && link.querySelector('[data-figure]:not([data-option])');
    if (id) {
      Object.assign(make('a', words.picture, row), { href: words.pictures + id.dataset.figure + '.png', download: '' });
    }
    const close = make('button', '×', box);
    close.className = 'close';
    close.setAttribute('aria-label', words.close);
    close.onclick = back;
    link.after(box);
    link.setAttribute('aria-expanded', 'true');
    place();
    if (box) box.focus({ preventScroll: true });
  };
  const press = link => {
    link.setAttribute('role', 'button');
    link.setAttribute('aria-expanded', 'false');
    link.addEventListener('keydown', e => { if (e.key === ' ') { e.preventDefault(); link.click(); } });
    link.onclick = e => {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      link === opener ? shut() : open(link);
    };
  };
  doc.addEventListener('keydown', e => { if (e.key === 'Escape' && box) back(); });
  doc.addEventListener('pointerdown', e => {
    if (box && !box.contains(e.target) && !opener.contains(e.target)) shut();
  });
  doc.addEventListener('focusin', e => {
    if (box && !box.contains(e.target) && e.target !== opener) shut();
  });
  addEventListener('scroll', moved, { passive: true, capture: true });
  addEventListener('resize', moved);

  // Numbers of a text that is copied are written as other programs read them: without signs
  // and spaces that only typesetting has. The rest stays as it is. Of tables see table.js.
  const read = text => text.replace(/\u2212(?=\d)/g, '-')
    .replace(/(\d)[\u00a0\u2009\u202f](?=\d)/g, '$1').replace(/[\u00a0\u202f]/g, ' ');
  doc.addEventListener('copy', e => {
    const chosen = getSelection();
    if (!chosen.rangeCount) return;
    const range = chosen.getRangeAt(0), near = range.commonAncestorContainer;
    const part = make('div');
    part.append(range.cloneContents());
    const within = (near.closest ? near : near.parentElement).closest('data');
    let plain = chosen + '', clean = true;
    for (const e of within ? [part] : part.querySelectorAll('data')) {
      const was = e.textContent, is = read(was);
      if (was === is) continue;
      clean = false;
      e.textContent = is;
      plain = plain.replace(was, () => is);
    }
    if (clean) return;
    for (const a of part.querySelectorAll('a')) a.href = new URL(a.getAttribute('href'), doc.baseURI);
    e.clipboardData.setData('text/plain', plain);
    e.clipboardData.setData('text/html', part.innerHTML);
    e.preventDefault();
  });

  // What stands there to be cited is copied with a press.
  const cite = text => {
    const button = make('button', words.cite);
    copies(button, text.textContent.trim().replace(/\s+/g, ' '), () => getSelection().selectAllChildren(text));
    text.after(button);
  };

  // The first number of a table or a text, or the one that was left, is the stop. A hint there
  // names the keys that go on.
  const hint = make('div', words.next);
  hint.className = 'tip';
  addEventListener('resize', () => hint.remove());
  const tell = link => {
    const at = link.getBoundingClientRect();
    if (box || !link.matches(':focus-visible')) return;
    doc.querySelector('main').append(hint);
    align(hint, at);
    hint.style.top = at.bottom + scrollY + 6 + 'px';
  };
  const stops = home => {
    const table = home.localName === 'table';
    const all = [...home.querySelectorAll('a.fig-link')].filter(a => table || !a.closest('table'));
    const stop = link => { for (const other of all) other.tabIndex = other === link ? 0 : -1; };
    if (all.length < (table ? 2 : 3)) return;
    stop(all[0]);
    const column = link => link.closest('td, th').cellIndex;
    const inLine = (link, step) => { // the next number above or below in the same column
      for (let row = link.closest('tr'), rows = [...home.rows], i = rows.indexOf(row) + step; rows[i]; i += step) {
        const other = all.find(a => a.closest('tr') === rows[i] && column(a) === column(link));
        if (other) return other;
      }
    };
    home.addEventListener('keydown', e => {
      const link = e.target.closest('a.fig-link'), i = all.indexOf(link);
      if (i < 0 || e.ctrlKey || e.metaKey || e.altKey) return;
      const ahead = getComputedStyle(home).direction === 'rtl' ? -1 : 1;
      const to = {
        ArrowRight: () => all[i + ahead], ArrowLeft: () => all[i - ahead],
        ArrowDown: table && (() => inLine(link, 1)), ArrowUp: table && (() => inLine(link, -1)),
        Home: () => all[0], End: () => all.at(-1)
      }[e.key];
      if (!to) return;
      e.preventDefault();
      to()?.focus();
    });
    home.addEventListener('focusin', e => {
      if (!all.includes(e.target)) return;
      stop(e.target);
      requestAnimationFrame(() => tell(e.target));
    });
    home.addEventListener('focusout', () => hint.remove());
  };

  const dress = part => {
    for (const link of part.querySelectorAll('a.fig-link')) press(link);
    for (const text of part.querySelectorAll('.citation')) cite(text);
    for (const home of part.querySelectorAll('table, .words, .summary')) stops(home);
  };
  dress(doc);
  doc.addEventListener('dress', e => dress(e.detail)); // see chart.js
})();
