// The search opens in place: its own page holds the field and names the script that finds,
// and both are asked for with the first press. On that page the script is asked for when the
// field is used. From a disk, where no page can read another, the link leads there.
(() => {
  'use strict';
  const doc = document, link = doc.querySelector('a.to-search'), here = doc.querySelector('.search');
  const load = (box, base, failed) => {
    const script = doc.createElement('script');
    script.src = new URL(box.dataset.script, base);
    script.onerror = failed;
    doc.head.append(script);
  };
  if (here) {
    const field = here.querySelector('input');
    field.onfocus = () => { field.onfocus = null; load(here, location.href); };
    here.hidden = false;
    if (location.search) field.onfocus();
  }
  if (!link || here || location.protocol === 'file:') return;
  link.onclick = async e => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    link.onclick = e => e.preventDefault(); // one press is enough
    const away = () => { location.href = link.href; };
    try {
      const page = await (await fetch(link.href)).text();
      const box = new DOMParser().parseFromString(page, 'text/html').querySelector('.search');
      box.dataset.at = link.href;
      link.closest('header').append(box);
      load(box, link.href, away);
    } catch { away(); }
  };
})();
