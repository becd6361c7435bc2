// The preview's own script: it follows the saves. Tools are modules beside this one, imported
// here; what they need of it is exported.
export const mark = document.querySelector('meta[name="bilanz-preview"]');

// post asks the preview to change something. It gives the answer, whatever that is.
export const post = (name, value) => fetch('/_preview/' + name, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Bilanz-Token': mark.content },
  body: JSON.stringify(value),
});

const place = 'bilanz-preview-scroll';
const reload = () => {
  sessionStorage.setItem(place, JSON.stringify([location.pathname, scrollX, scrollY]));
  location.reload();
};
const kept = JSON.parse(sessionStorage.getItem(place));
sessionStorage.removeItem(place);
if (kept && kept[0] === location.pathname) scrollTo({ left: kept[1], top: kept[2], behavior: 'instant' });

let start;
const events = new EventSource('/_preview/events');
events.onmessage = e => {
  const state = JSON.parse(e.data);
  if (start && state.start !== start || state.shown > Number(mark.dataset.round)) return reload();
  start = state.start;
  dispatchEvent(new CustomEvent('bilanz-preview', { detail: state }));
};
