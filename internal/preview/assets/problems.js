// What is wrong: problems stand over the last good page, warnings behind a small badge. Both
// are the messages of "bilanz check", with a button for each edit that would mend them.
import { ask, button, make, post } from './base.js';

let dialog, badge, closed, shown; // closed: by the person, for this many problems; shown: the round

// tell is told of each build.
export const tell = async state => {
  if (!state.problems && !state.warnings) return hide();
  if (!state.problems && dialog && dialog.open && !dialog.classList.contains('warns')) dialog.close();
  const said = await ask('problems');
  shown = said.round;
  if (!badge) badge = button('badge', '', document.body, () => { fill(said); open(); });
  badge.onclick = () => { fill(said); open(); };
  badge.textContent = said.badge;
  badge.classList.toggle('wrong', state.problems > 0);
  if (dialog && dialog.open) fill(said);
  if (!state.problems) closed = false;
  else if (!closed && !document.documentElement.classList.contains('bilanz-inspecting')) { fill(said); open(); }
};

const hide = () => {
  if (dialog && dialog.open) dialog.close();
  if (badge) badge.remove();
  badge = undefined;
  closed = false;
};

const open = () => {
  if (dialog.open) return;
  dialog.showModal();
  dialog.querySelector('.title').focus();
};

// fill writes the messages. Who is on a button stays on it, as far as there still is one.
const fill = said => {
  if (!dialog) {
    dialog = make('dialog', 'problems', '', document.body);
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-labelledby', 'bilanz-preview-title');
    dialog.addEventListener('close', () => { if (badge) badge.focus(); });
    dialog.addEventListener('cancel', () => { closed = true; });
  }
  const buttons = () => [...dialog.querySelectorAll('button')], at = buttons().indexOf(document.activeElement);
  dialog.replaceChildren();
  dialog.lang = said.lang;
  dialog.classList.toggle('warns', !said.wrong);
  const head = make('div', 'head', '', dialog);
  const title = make('h2', 'title', said.title, head);
  title.id = 'bilanz-preview-title';
  title.tabIndex = -1;
  button('close', said.close, head, () => { closed = true; dialog.close(); });
  make('p', 'about', said.about, dialog);
  const status = make('p', 'status', '', dialog);
  status.setAttribute('role', 'status');
  if (said.all) mend(said.all, { all: true }, dialog, status);
  const list = make('ol', 'list', '', dialog);
  for (const p of said.problems) write(p, make('li', p.severity, '', list), said, status);
  if (said.more) make('p', 'about', said.more, dialog);
  if (at >= 0) (buttons()[at] || title).focus();
};

// write writes one message as it stands on a terminal.
const write = (p, into, said, status) => {
  const first = make('p', 'says', '', into);
  make('strong', 'kind', p.kind + ' ', first);
  first.append(p.text + ' ');
  if (p.code) make('code', 'code', p.code, first);
  if (p.place) make('p', 'place', p.place, into);
  if (p.line) {
    const line = make('pre', 'line', p.before, into);
    make('mark', 'fault', p.marked, line);
    line.append(p.after);
  }
  for (const n of p.notes) make('p', 'note', n, into);
  if (p.ways.length) {
    make('p', 'lead', said.ways, into);
    const ways = make('ul', 'ways', '', into);
    for (const w of p.ways) make('li', 'way', w, ways);
  }
  for (const m of p.mends) mend(m.text, { problem: p.number, mend: m.number }, into, status);
};

const mend = (text, what, into, status) => {
  button('mend', text, into, async () => {
    status.textContent = '';
    const answer = await post('mend', { round: shown, ...what });
    if (!answer.ok) status.textContent = await answer.text();
  });
};
