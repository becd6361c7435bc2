// What pages do beyond HTML: paper shows what is folded. Nothing depends on it.
(() => {
  'use strict';
  const doc = document;

  // Paper: unfold what browsers without ::details-content would leave folded.
  addEventListener('beforeprint', () => {
    for (const d of doc.querySelectorAll('details:not([open])')) { d.open = true; d.dataset.shut = ''; }
  });
  addEventListener('afterprint', () => {
    for (const d of doc.querySelectorAll('details[data-shut]')) { d.open = false; delete d.dataset.shut; }
  });
})();
