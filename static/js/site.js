// What pages do beyond HTML: charts answer to pointer and arrow keys, paper shows what
// is folded. Nothing depends on it.
(() => {
  'use strict';
  const doc = document, words = doc.currentScript.dataset;
  const make = (name, text, into) => {
    const e = doc.createElement(name);
    if (text) e.textContent = text;
    if (into) into.append(e);
    return e;
  };

  // Charts: one tab stop each; the nearest mark within 24 px answers.
  for (const picture of doc.querySelectorAll('.chart-picture')) {
    if (!picture.querySelector('[data-tip]')) continue;
    let now;
    picture.tabIndex = 0;
    picture.setAttribute('role', 'group');
    picture.setAttribute('aria-label', words.keys);
    const tip = make('div', '', picture), live = make('div', '', picture);
    tip.className = 'tip';
    tip.hidden = true;
    tip.setAttribute('aria-hidden', 'true');
    live.className = 'said';
    live.setAttribute('aria-live', 'polite');
    const marks = () => [...picture.querySelectorAll('[data-tip]')].filter(m => m.getClientRects().length);
    const show = (mark, aloud) => {
      if (now) now.classList.remove('on');
      now = mark;
      tip.hidden = !mark;
      if (!mark) return;
      mark.classList.add('on');
      tip.textContent = mark.dataset.tip;
      if (aloud) live.textContent = mark.dataset.tip;
      const m = mark.getBoundingClientRect(), p = picture.getBoundingClientRect();
      const left = m.left + m.width / 2 - p.left - tip.offsetWidth / 2;
      tip.style.left = Math.max(0, Math.min(left, p.width - tip.offsetWidth)) + 'px';
      tip.style.top = m.top - p.top - tip.offsetHeight - 6 + 'px';
    };
    const near = e => {
      let best, least = 24;
      for (const mark of marks()) {
        const r = mark.getBoundingClientRect();
        const far = Math.hypot(
          Math.max(r.left - e.clientX, 0, e.clientX - r.right),
          Math.max(r.top - e.clientY, 0, e.clientY - r.bottom));
        if (far < least) { least = far; best = mark; }
      }
      return best;
    };
    const point = e => { const mark = near(e); if (mark !== now) show(mark); };
    picture.onpointermove = picture.onpointerdown = point;
    picture.onpointerleave = e => { if (e.pointerType === 'mouse') show(); };
    picture.onblur = () => show();
    picture.onkeydown = e => {
      const all = marks(), i = all.indexOf(now), last = all.length - 1;
      const to = { ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i - 1, ArrowUp: i - 1, Home: 0, End: last }[e.key];
      if (e.key === 'Escape') show();
      if (to === undefined) return;
      e.preventDefault();
      show(all[Math.max(0, Math.min(to, last))], true);
    };
    doc.addEventListener('pointerdown', e => { if (now && !picture.contains(e.target)) show(); });
  }

  // Paper: unfold what browsers without ::details-content would leave folded.
  addEventListener('beforeprint', () => {
    for (const d of doc.querySelectorAll('details:not([open])')) { d.open = true; d.dataset.shut = ''; }
  });
  addEventListener('afterprint', () => {
    for (const d of doc.querySelectorAll('details[data-shut]')) { d.open = false; delete d.dataset.shut; }
  });
})();
