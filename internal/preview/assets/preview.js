// The preview's own script: it follows the saves, and shows what is wrong. A tool of the
// preview is a module beside this one, imported below, which imports what it needs from
// base.js. Words come from the server, in the language of messages.
import { mark } from './base.js';
import { tell } from './problems.js';
import { renew } from './renew.js';
import './inspect.js';

// A page that is loaded anew stands where it stood.
const place = 'bilanz-preview-place';
const reload = () => {
  sessionStorage.setItem(place, JSON.stringify([location.pathname, scrollX, scrollY]));
  history.scrollRestoration = 'manual';
  location.reload();
};
const kept = JSON.parse(sessionStorage.getItem(place));
sessionStorage.removeItem(place);
if (kept && kept[0] === location.pathname) {
  const back = () => scrollTo({ left: kept[1], top: kept[2], behavior: 'instant' });
  back();
  addEventListener('load', () => { back(); history.scrollRestoration = 'auto'; });
}

// A page that was made of an older state is renewed, or else loaded anew; so is one of an
// earlier start, and one that says that there is no page yet.
let start, events, busy = Promise.resolve();
const hear = async state => {
  const older = state.shown > Number(mark.dataset.shown), none = !state.shown && state.round > Number(mark.dataset.round);
  if (none || state.start !== (start ||= state.start)) return reload();
  const renewed = older && await renew();
  if (older && !renewed) return reload();
  tell(state);
  dispatchEvent(new CustomEvent('bilanz-preview', { detail: { ...state, renewed } }));
};
const heard = e => { busy = busy.then(() => hear(JSON.parse(e.data))).catch(reload); };
const listen = () => {
  events = new EventSource('/_preview/events');
  events.onmessage = heard;
};

// A browser keeps few connections to one host. Tabs that nobody looks at give theirs back.
let away;
const look = () => {
  clearTimeout(away);
  if (document.hidden) away = setTimeout(() => { events.close(); events = undefined; }, 20000);
  else if (!events || events.readyState === EventSource.CLOSED) listen();
};
if (self === top) {
  listen();
  document.addEventListener('visibilitychange', look);
}
