// Charts answer to pointer and arrow keys: one tab stop each; the nearest mark within 24 px
// says its name and value. And menus of files close.
(() => {
  'use strict';
  const doc = document, words = doc.currentScript.dataset;
  const add = (classes, into) => {
    const e = doc.createElement('div');
    e.className = classes;
    into.append(e);
    return e;
  };

  const answer = picture => {
    if (!picture.querySelector('[data-tip]')) return;
    let now;
    picture.tabIndex = 0;
    picture.setAttribute('role', 'group');
    picture.setAttribute('aria-label', picture.closest('figure').querySelector('[id$="-title"]').textContent.trim() + '. ' + words.keys);
    const tip = add('tip', picture), live = add('said', picture);
    tip.hidden = true;
    tip.setAttribute('aria-hidden', 'true');
    live.setAttribute('aria-live', 'polite');
    // A live chart says itself where its marks stand, and which are out of sight.
    const box = mark => (picture.place ? picture.place(mark) : mark.getBoundingClientRect());
    const marks = () => [...picture.querySelectorAll('[data-tip]')].filter(m => m.getClientRects().length && box(m));
    const show = (mark, aloud) => {
      if (now) now.classList.remove('on');
      now = mark;
      tip.hidden = !mark;
      if (!mark) return;
      mark.classList.add('on');
      tip.textContent = mark.dataset.tip;
      if (aloud) live.textContent = mark.dataset.tip;
      beside(mark);
    };
    // Right of the mark, else left of it, else over its middle.
    const beside = mark => {
      const m = box(mark), p = picture.getBoundingClientRect();
      const wide = tip.offsetWidth, high = tip.offsetHeight, gap = 8;
      let left = m.right - p.left + gap, top = m.top + m.height / 2 - p.top - high / 2;
      if (left + wide > p.width) left = m.left - p.left - gap - wide;
      if (left < 0) {
        left = Math.max(0, Math.min(m.left + m.width / 2 - p.left - wide / 2, p.width - wide));
        top = m.top - p.top - high - 6;
      }
      tip.style.left = left + 'px';
      tip.style.top = top + 'px';
    };
    const near = e => {
      let best, least = 24;
      for (const mark of marks()) {
        const r = box(mark);
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
  };

  // A part of the page may come later: a preview puts it in the place of an older one.
  const dress = part => { for (const picture of part.querySelectorAll('.chart-picture')) answer(picture); };
  dress(doc);
  doc.addEventListener('dress', e => dress(e.detail));

  // A menu of files closes on Escape and on a press elsewhere.
  const menus = () => doc.querySelectorAll('.files[open]');
  doc.addEventListener('pointerdown', e => { for (const m of menus()) if (!m.contains(e.target)) m.open = false; });
  doc.addEventListener('keydown', e => {
    if (e.key !== 'Escape') return;
    for (const m of menus()) {
      if (m.contains(doc.activeElement)) m.firstElementChild.focus();
      m.open = false;
    }
  });
})();
