// Paper shows what browsers without ::details-content would leave folded.
(() => {
  'use strict';
  const doc = document;

  addEventListener('beforeprint', () => {
    for (const d of doc.querySelectorAll('details:not([open])')) { d.open = true; d.dataset.shut = ''; }
  });
  addEventListener('afterprint', () => {
    for (const d of doc.querySelectorAll('details[data-shut]')) { d.open = false; delete d.dataset.shut; }
  });
})();
