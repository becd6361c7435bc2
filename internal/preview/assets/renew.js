// A page is renewed in place: a part that changed takes the place of the old one, and all else
// stays as it is, such as what is open, and live charts. Where anything is in doubt, nothing is
// done, and the page has to be loaded anew.
import { mark } from './base.js';

// What scripts of the site take as one, such as a text with its numbers, is replaced as one.
const outer = 'main, section, div:not(.words, .summary, .table-scroll, .chart-picture)';
const asked = 'main .find, main .shelf, .search'; // lists that a reader searches
const data = 'application/ld+json', ours = /\/assets\/site\.[0-9a-f]+\.js$|^\/_preview\//;

const fetched = async () => {
  const answer = await fetch(location.pathname + location.search);
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('main') && page.querySelector('meta[name="bilanz-preview"]') ? page : undefined;
};
const shownOn = page => page.querySelector('meta[name="bilanz-preview"]').dataset.shown;

// The page as it was sent, which no script has touched; nothing where a newer one came instead.
let sent = fetched().then(page => page && shownOn(page) === mark.dataset.shown ? page : undefined, () => undefined);

// around is all of a page but its main part.
const around = page => {
  const copy = page.documentElement.cloneNode(true);
  for (const e of copy.querySelectorAll('main, meta[name="bilanz-preview"]')) e.remove();
  return copy;
};

// shell is an element without the elements in it; undefined where they stand in a text.
const shell = e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()) ? undefined : e.cloneNode(false).outerHTML;
const isLike = (a, b) => a.length === b.length && a.every((e, i) => e.localName === b[i].localName && e.id === b[i].id);

// compare lists what has to be replaced below a live element, by what it was and what it is now.
// It is false where the live one is not what it was.
const compare = (live, was, now, changes) => {
  if (was.isEqualNode(now)) return true;
  if (!was.matches(outer) || !shell(was) || shell(was) !== shell(now)) {
    changes.push({ old: [live], now: [now], into: live.parentElement, next: live.nextElementSibling });
    return true;
  }
  const [l, w, n] = [live, was, now].map(e => [...e.children]);
  if (!isLike(l, w)) return false;
  const most = Math.min(w.length, n.length);
  let first = 0, last = 0; // how many are the same at the beginning, and at the end
  while (first < most && w[first].isEqualNode(n[first])) first++;
  while (last < most - first && w.at(-1 - last).isEqualNode(n.at(-1 - last))) last++;
  const [old, before, after] = [l, w, n].map(all => all.slice(first, all.length - last));
  if (before.length === after.length) return before.every((e, i) => compare(old[i], e, after[i], changes));
  changes.push({ old, now: after, into: live, next: l[l.length - last] || null });
  return true;
};

// The way to an element from those of which one holds it, and back.
const wayTo = (e, from) => {
  const first = from.findIndex(f => f.contains(e)), way = [];
  if (first < 0) return;
  for (; e !== from[first]; e = e.parentElement) way.unshift([...e.parentElement.children].indexOf(e));
  return [first, ...way];
};
const follow = (way, from) => way.slice(1).reduce((e, i) => e && e.children[i], from[way[0]]);

const within = (all, selector) => all.flatMap(e => [...(e.matches(selector) ? [e] : []), ...e.querySelectorAll(selector)]);

// replace puts the new in the place of the old. What was open stays open.
const replace = ({ old, now, into, next }) => {
  const fresh = now.map(e => document.importNode(e, true));
  const [folded, unfolds] = [old, fresh].map(all => within(all, 'details'));
  if (folded.length === unfolds.length) folded.forEach((d, i) => { unfolds[i].open = d.open; });
  for (const e of fresh) into.insertBefore(e, next);
  for (const e of old) e.remove();
  return fresh;
};

// renew reports whether the page is now what the latest build made of it.
export const renew = async () => {
  const [before, page] = await Promise.all([sent, fetched()]), changes = [];
  if (!before || !page || mark.dataset.scripted || document.querySelector(asked)) return false;
  if ([...before.scripts].some(s => s.type !== data && !ours.test(new URL(s.src, location).pathname))) return false;
  if (!around(before).isEqualNode(around(page))) return false;
  const [live, was, now] = [document, before, page].map(p => p.querySelector('main'));
  if (!compare(live, was, now, changes) || changes.some(c => within(c.old, '.exploring').length)) return false;
  const at = [scrollX, scrollY], focus = document.activeElement;
  const held = changes.map(c => wayTo(focus, c.old));
  const fresh = changes.map(replace);
  // The scripts of the site take the new parts in, as they did the whole page.
  const detail = { querySelectorAll: selector => within(fresh.flat(), selector) };
  document.dispatchEvent(new CustomEvent('dress', { detail }));
  held.forEach((way, i) => {
    const e = way && follow(way, fresh[i]);
    if (e && e.localName === focus.localName) e.focus({ preventScroll: true });
  });
  scrollTo({ left: at[0], top: at[1], behavior: 'instant' });
  sent = page;
  mark.dataset.shown = shownOn(page);
  return true;
};
