// The inspector: what a number is, where it stands, and what would become of another. All of
// it lies in one element with a tree of its own, which no style of a page reaches. What comes
// from files is written as text, never as markup. What was typed outlives a page that is
// loaded anew.
import { ask, post } from './base.js';

const memory = 'bilanz-inspector';
const slow = 250; // milliseconds without a key before a value is tried
let words, host, root, panel, body, status, toggle, offer, picking = false;
let kept = JSON.parse(sessionStorage.getItem(memory)) || { tab: 'figure', typed: {} };
kept.notes ||= {}; // those that were typed, by figure and language
let asked = 0, trying; // the latest question, and how to give it up
let open = 0; // messages of the latest build

const say = (key, ...args) => args.reduce((text, arg) => text.replace('%s', () => arg), words[key]);
const keep = () => sessionStorage.setItem(memory, JSON.stringify(kept));

// make makes an element: its name, what it is, a text, what it lies in.
const make = (name, attributes, text, into) => {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== false) e.setAttribute(key, value === true ? '' : value);
  }
  if (text !== undefined) e.textContent = text;
  if (into) into.append(e);
  return e;
};

const press = (text, into, action, kind) => {
  const b = make('button', { type: 'button', class: kind }, text, into);
  b.addEventListener('click', async () => {
    if (b.getAttribute('aria-busy')) return;
    b.setAttribute('aria-busy', 'true');
    try { await action(b); } catch (e) { tell(words.failed, true); } finally { b.removeAttribute('aria-busy'); }
  });
  return b;
};

// tell says what happened, aloud as well.
const tell = (text, wrong) => {
  status.textContent = text || '';
  status.classList.toggle('wrong', !!wrong);
};

// send asks the server to change or to try something: its answer, or undefined with what it
// said against it.
const send = async (name, value, signal) => {
  const answer = await fetchAs(name, value, signal);
  if (answer.ok) return answer.json();
  tell(await answer.text(), true);
};
const fetchAs = (name, value, signal) => post('inspect/' + name, value, signal);

const read = async name => {
  const answer = await fetch('/_preview/inspect/' + name);
  if (answer.ok) return answer.json();
  tell(await answer.text(), true);
};

// ---- the window ----

const tabs = ['figure', 'all', 'lists', 'changes'];

const build = style => {
  host = make('bilanz-inspector', { lang: words.lang });
  root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [style];
  const bar = make('div', { class: 'bar' }, undefined, root);
  offer = press('', bar, () => show('figure', offer.dataset.id), 'offer');
  offer.hidden = true;
  toggle = press(words.open, bar, () => panel.open ? close() : show(), 'toggle');
  toggle.setAttribute('aria-expanded', 'false');
  panel = make('dialog', { class: 'panel', 'aria-labelledby': 'title' }, undefined, root);
  const head = make('div', { class: 'head' }, undefined, panel);
  make('h2', { id: 'title', tabindex: '-1' }, words.title, head);
  press(words.press, head, pick, 'pick');
  press(words.close, head, close, 'close');
  const list = make('div', { class: 'tabs', role: 'tablist', 'aria-label': words.title }, undefined, panel);
  for (const tab of tabs) {
    const t = press(words[tab], list, () => show(tab), 'tab');
    t.id = 'tab-' + tab;
    t.setAttribute('role', 'tab');
    t.setAttribute('aria-controls', 'body');
  }
  list.addEventListener('keydown', e => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    const all = [...list.children], next = all[(all.indexOf(root.activeElement) + step + all.length) % all.length];
    next.focus();
    next.click();
  });
  status = make('p', { class: 'status', role: 'status', 'aria-live': 'polite' }, undefined, panel);
  body = make('div', { id: 'body', class: 'body', role: 'tabpanel' }, undefined, panel);
  panel.addEventListener('keydown', e => { if (e.key === 'Escape') { e.stopPropagation(); close(); } });
  document.body.append(host);
  count();
};

// count says at a tab how much there is to do.
const count = () => {
  const tab = root?.getElementById('tab-lists');
  if (tab) tab.textContent = words.lists + (open ? ` (${open})` : '');
};

// While the window is open the messages wait behind their badge: what is wrong stands in it.
const inspecting = on => {
  document.documentElement.classList.toggle('bilanz-inspecting', on);
  toggle.setAttribute('aria-expanded', on);
};

const close = () => {
  stopTrying();
  kept.open = false;
  keep();
  panel.close();
  inspecting(false);
  toggle.focus();
};

// show opens the window at a tab, and at a figure.
const show = async (tab = kept.tab, id = kept.id, quiet) => {
  endPick();
  if (!panel.open) {
    panel.show();
    if (!quiet) root.getElementById('title').focus();
  }
  inspecting(true);
  if (tab !== kept.tab || id !== kept.id) kept.scroll = 0;
  Object.assign(kept, { open: true, tab, id });
  keep();
  for (const t of root.querySelectorAll('[role=tab]')) {
    const on = t.id === 'tab-' + tab;
    t.setAttribute('aria-selected', on);
    t.tabIndex = on ? 0 : -1;
  }
  body.setAttribute('aria-labelledby', 'tab-' + tab);
  stopTrying();
  await { figure: showFigure, all: showAll, lists: showLists, changes: showChanges }[tab]();
  scroll(kept.scroll);
};

// scroll goes to where the window stood: on a small screen all of it scrolls.
const scroll = at => { body.scrollTop = panel.scrollTop = at || 0; };

// fresh is the body of the window for a new content; of an answer that comes when another tab
// is open already, nothing is shown.
const fresh = tab => {
  if (kept.tab !== tab) return;
  body.replaceChildren();
  return body;
};

// undoing is the button that takes the last save back.
const undoing = (undo, into) => {
  if (!undo) return;
  press(undo.text, into, async () => {
    const done = await send('undo', { number: undo.number });
    if (done) { tell(done.text); await again(); }
  }, 'undo');
};

// again shows what is open anew, once the build that follows a save is there.
const again = () => show(kept.tab, kept.id, true);

// ---- picking a number on the page ----

const figureAt = e => {
  const path = e.composedPath().filter(n => n.dataset), link = path.find(n => n.matches('.fig-link'));
  const number = path.find(n => n.dataset.figure) || link?.querySelector('[data-figure]');
  return number ? [number.dataset.figure, link?.dataset.label || number.dataset.figure] : [];
};

const pick = () => {
  picking = true;
  panel.close();
  document.documentElement.classList.add('bilanz-picking');
  toggle.textContent = words.pressing;
  tell('');
  toggle.focus();
};

const endPick = () => {
  picking = false;
  document.documentElement.classList.remove('bilanz-picking');
  toggle.textContent = words.open;
};

document.addEventListener('click', e => {
  if (!words || e.composedPath().includes(host)) return;
  const [id, label] = figureAt(e);
  if (!id) return;
  if (picking) {
    e.preventDefault();
    e.stopImmediatePropagation();
    show('figure', id);
    return;
  }
  // The page's own card opens; beside it stands the way on.
  offer.dataset.id = id;
  offer.textContent = say('change', label);
  offer.hidden = false;
  if (panel.open) show('figure', id);
}, true);

document.addEventListener('keydown', e => {
  if (e.key === 'Escape' && picking) { endPick(); toggle.focus(); }
});

// ---- one figure ----

const field = (of, into, label) => {
  const name = 'value-' + of.id;
  make('label', { for: name }, label, into);
  const mine = kept.typed[of.id];
  const input = make('input', { id: name, type: 'text', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'result' }, undefined, into);
  input.value = mine ? mine.text : of.typed;
  input.addEventListener('input', () => {
    if (input.value === of.typed) delete kept.typed[of.id];
    else kept.typed[of.id] = { text: input.value, was: (kept.typed[of.id] || of).was };
    keep();
  });
  return input;
};

// changeOf is what was typed about a figure.
const changeOf = id => ({ id, ...kept.typed[id], notes: kept.notes[id] || {} });
const forgetTyped = id => { delete kept.typed[id]; delete kept.notes[id]; };

// noteFields are for the note that readers get, in each language.
const noteFields = (f, into, typed) => {
  const more = make('details', { class: 'notes' }, undefined, into);
  more.open = f.notes.some(n => n.text) || !!kept.notes[f.id];
  make('summary', {}, words.notes, more);
  for (const n of f.notes) {
    const name = 'note-' + n.lang + '-' + f.id, mine = kept.notes[f.id]?.[n.lang];
    make('label', { for: name }, n.name, more);
    const area = make('textarea', { id: name, lang: n.lang, rows: 3, 'aria-describedby': 'result' }, undefined, more);
    area.value = mine ? mine.text : n.text;
    area.addEventListener('input', () => {
      const all = kept.notes[f.id] ||= {};
      if (area.value === n.text) delete all[n.lang];
      else all[n.lang] = { text: area.value, was: (all[n.lang] || { was: n.text }).was };
      if (!Object.keys(all).length) delete kept.notes[f.id];
      keep();
      typed();
    });
  }
};

const places = (title, all, into, none) => {
  make('h3', {}, title, into);
  if (!all.length) return make('p', { class: 'about' }, none, into);
  const list = make('ul', { class: 'places' }, undefined, into);
  for (const u of all) {
    const item = make('li', {}, undefined, list);
    const first = make('p', {}, undefined, item);
    make('strong', {}, u.kind + (u.name ? ' ' + u.name : '') + ' ', first);
    if (u.href) make('a', { href: u.href, lang: u.lang }, u.page + (u.lang ? ' (' + u.lang + ')' : ''), first);
    make('code', {}, u.place, make('p', { class: 'about' }, undefined, item));
    if (u.text) make('p', { class: 'quote', lang: u.lang }, u.text, item);
  }
};

const showFigure = async () => {
  if (!kept.id) {
    make('p', { class: 'about' }, words.none, fresh('figure'));
    return;
  }
  const id = kept.id, f = await read('figure?id=' + encodeURIComponent(id));
  if (!f || kept.id !== id || !fresh('figure')) return;
  make('h3', { class: 'name' }, f.label, body);
  const about = make('dl', {}, undefined, body);
  for (const [key, value] of [['now', f.value + (f.unit && !f.value.includes('%') ? ' ' + f.unit : '')], ['id', f.id], ['place', f.place]]) {
    make('dt', {}, words[key], about);
    make('dd', { class: key }, value, about);
  }
  if (f.fixed) {
    make('p', { class: 'fixed' }, f.fixed, body);
    for (const way of f.ways) make('p', {}, words.ways + ' ' + way, body);
    if (f.formula) make('p', {}, words.computed + ': ', body).append(make('code', {}, f.formula));
    if (f.from.length) {
      make('p', {}, words.from, body);
      const list = make('ul', {}, undefined, body);
      for (const from of f.from) press(from.label + ': ' + from.value, make('li', {}, undefined, list), () => show('figure', from.id));
    }
  } else {
    const form = make('form', { class: 'edit' }, undefined, body);
    field(f, form, words.value).addEventListener('input', () => again());
    form.addEventListener('submit', e => { e.preventDefault(); result.querySelector('.save')?.focus(); });
  }
  noteFields(f, body, () => again());
  const result = make('div', { id: 'result', class: 'result', 'aria-live': 'polite' }, undefined, body);
  const again = () => {
    if (!kept.typed[f.id] && !kept.notes[f.id]) return stopTrying(result);
    later(() => tryOut([changeOf(f.id)], result));
  };
  again();
  undoing(f.undo, body);
  places(words.checks, f.checks, body, '–');
  places(words.stands, f.stands, body, words.nowhere);
};

// ---- what would become of it ----

const later = action => {
  clearTimeout(trying?.timer);
  trying?.control.abort();
  trying = { control: new AbortController(), timer: setTimeout(action, slow) };
};

const stopTrying = into => {
  clearTimeout(trying?.timer);
  trying?.control.abort();
  trying = undefined;
  asked++;
  if (into) into.replaceChildren();
};

// tryOut asks what would become of values, or of the button of a message, and shows it. Of
// two answers only that to the later question is shown.
const tryOut = async (changes, into, mend) => {
  const mine = ++asked, control = new AbortController();
  trying?.control.abort();
  trying = { control };
  into.setAttribute('aria-busy', 'true');
  const wait = setTimeout(() => tell(words.trying), 400);
  let t;
  try {
    const answer = await fetchAs('try', mend || { changes }, control.signal);
    if (mine !== asked) return;
    if (answer.ok) t = await answer.json();
    else { into.replaceChildren(); tell(await answer.text(), true); }
  } catch (e) {
    if (e.name !== 'AbortError' && mine === asked) tell(words.failed, true);
  } finally {
    clearTimeout(wait);
    if (mine === asked) {
      into.removeAttribute('aria-busy');
      trying = undefined;
    }
  }
  if (mine !== asked || !t) return;
  tell('');
  showTrial(t, into, changes, () => tryOut(changes.map(c => changeOf(c.id)), into, mend));
};

const messages = (title, all, into, none) => {
  if (!all.length) return none && make('p', { class: 'fine' }, none, into);
  make('h4', {}, title, into);
  const list = make('ol', { class: 'messages' }, undefined, into);
  for (const p of all) message(p, make('li', { class: p.severity }, undefined, list));
};

const message = (p, into) => {
  const first = make('p', {}, undefined, into);
  make('strong', { class: 'kind' }, p.kind + ' ', first);
  first.append(p.text + ' ');
  make('code', {}, p.code, first);
  if (p.place) make('code', {}, p.place, make('p', { class: 'about' }, undefined, into));
  if (p.line) {
    const line = make('pre', {}, p.before, into);
    make('mark', {}, p.marked, line);
    line.append(p.after);
  }
  for (const n of p.notes) make('p', { class: 'about' }, n, into);
  if (p.ways.length) {
    make('p', { class: 'lead' }, words.ways, into);
    const ways = make('ul', {}, undefined, into);
    for (const w of p.ways) make('li', {}, w, ways);
  }
};

const showTrial = (t, into, changes, redo) => {
  into.replaceChildren();
  for (const taken of t.taken) {
    const line = make('p', { class: taken.other ? 'other' : 'taken' }, (t.taken.length > 1 || taken.other ? taken.label + '. ' : '') + taken.text, into);
    if (!taken.other) continue;
    const [typed, of] = taken.note ? [kept.notes[taken.id], taken.note] : [kept.typed, taken.id];
    press(words.take, line, () => { delete typed[of]; keep(); return again(); });
    press(words.keep, line, () => { typed[of].was = taken.was || ''; keep(); return again(); });
  }
  messages(words.refused, t.refused, into);
  if (t.nothing) make('p', { class: 'about' }, words.nothing, into);
  if (!t.plan) return;
  const follow = make('input', { type: 'checkbox', id: 'follow' });
  follow.checked = t.follows;
  const wrong = make('div', {}, undefined, into), diff = make('details', { class: 'diff' });
  diff.open = true;
  make('summary', {}, words.diff, diff);
  const lines = make('pre', {}, undefined, diff);
  const fill = () => {
    const left = follow.checked ? t.left : t.alone;
    wrong.replaceChildren();
    messages(words.wrong, left, wrong, words.fine);
    save.textContent = left.some(p => p.severity === 'error') ? words.saveAll : words.save;
    lines.replaceChildren();
    for (const line of (follow.checked ? t.whole : t.diff).split('\n')) {
      const kind = /^(---|\+\+\+|@@)/.test(line) ? 'meta' : { '-': 'gone', '+': 'come' }[line[0]];
      make('span', { class: kind }, line + '\n', lines);
    }
  };
  if (t.figures.length) {
    make('h4', {}, words.also, into);
    const list = make('ul', {}, undefined, into);
    for (const f of t.figures) make('li', {}, f.label + ': ' + f.text, list);
  }
  if (t.first.length) {
    make('h4', {}, words.first, into);
    const list = make('ul', { class: 'first' }, undefined, into);
    for (const b of t.first) {
      const item = make('li', {}, b.figures, list);
      make('p', {}, b.facts, item);
      make('code', {}, b.place, make('p', { class: 'about' }, undefined, item));
    }
  }
  const says = t.sentences.filter(s => s.before !== s.after), looks = t.sentences.filter(s => s.before === s.after);
  sentences(words.sentences, says, into);
  if (t.follows) {
    const line = make('p', { class: 'follow' }, undefined, into);
    line.append(follow);
    make('label', { for: 'follow' }, words.follow, line);
    follow.addEventListener('change', fill);
  }
  if (looks.length) {
    const more = make('details', { open: t.first.length > 0 }, undefined, into);
    make('summary', {}, words.look + ': ' + looks.length, more);
    sentences('', looks, more);
  }
  into.append(diff);
  const save = press(words.save, into, async () => {
    const done = await send('save', { plan: t.plan, follow: follow.checked });
    if (!done) { // what is shown is of before
      const why = status.textContent;
      await redo();
      return tell(why, true);
    }
    for (const c of changes) forgetTyped(c.id);
    kept.tried = false;
    keep();
    into.replaceChildren();
    tell(done.text);
    undoing(done.undo, into);
  }, 'save');
  fill();
};

const sentences = (title, all, into) => {
  if (!all.length) return;
  if (title) make('h4', {}, title, into);
  const list = make('ul', { class: 'sentences' }, undefined, into);
  for (const s of all) {
    const item = make('li', {}, undefined, list);
    make('p', { class: 'about' }, s.kind + (s.page ? ', ' + s.page : '') + (s.lang ? ' (' + s.lang + ')' : '') + ' ', item).append(make('code', {}, s.place));
    if (s.before === s.after) { make('p', { lang: s.lang }, s.after, item); continue; }
    const before = make('p', { lang: s.lang, class: 'before' }, undefined, item);
    make('span', { class: 'unseen' }, words.before + ': ', before);
    make('del', {}, s.before, before);
    const after = make('p', { lang: s.lang, class: 'after' }, undefined, item);
    make('span', { class: 'unseen' }, words.after + ': ', after);
    make('ins', {}, s.after, after);
  }
};

// ---- all figures ----

const plain = text => text.toLocaleLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');
const digits = text => text.replace(/[^\d]/g, '');

const showAll = async () => {
  const all = await read('figures');
  if (!all || !fresh('all')) return;
  const line = make('p', { class: 'search' }, undefined, body);
  make('label', { for: 'filter' }, words.filter, line);
  const filter = make('input', { id: 'filter', type: 'search', autocomplete: 'off' }, undefined, line);
  filter.value = kept.filter || '';
  const count = make('p', { class: 'about', role: 'status' }, undefined, body);
  const actions = make('p', { class: 'actions' }, undefined, body);
  const result = make('div', { id: 'result', class: 'result', 'aria-live': 'polite' });
  const mine = () => all.rows.filter(r => kept.typed[r.id]).map(r => changeOf(r.id));
  const tryAll = () => {
    kept.tried = true; // and so it is again, should the page be loaded anew meanwhile
    keep();
    return tryOut(mine(), result);
  };
  press(words.tryAll, actions, tryAll, 'try');
  press(words.forget, actions, () => { Object.assign(kept, { typed: {}, notes: {}, tried: false }); keep(); return again(); }, 'forget');
  const typedCount = make('span', { class: 'about' }, undefined, actions);
  undoing(all.undo, actions);
  body.append(result);
  const table = make('table', {}, undefined, make('div', { class: 'wide' }, undefined, body));
  const head = make('tr', {}, undefined, make('thead', {}, undefined, table));
  for (const key of ['label', 'value', 'unit', 'uses']) make('th', { scope: 'col' }, words[key], head);
  const rows = make('tbody', {}, undefined, table);
  const update = () => {
    const n = mine().length;
    actions.querySelector('.try').hidden = actions.querySelector('.forget').hidden = !n;
    typedCount.textContent = n ? say('typed', n) : '';
  };
  const matches = r => {
    const asked = plain(filter.value.trim());
    if (!asked) return true;
    const number = digits(asked);
    return plain(r.label + ' ' + r.id + ' ' + r.value + ' ' + r.unit + ' ' + r.place).includes(asked) ||
      number.length > 1 && !/[a-z]/.test(asked) && digits(r.typed).startsWith(number);
  };
  const most = 300;
  const list = () => {
    kept.filter = filter.value;
    keep();
    const found = all.rows.filter(matches);
    count.textContent = say('shown', Math.min(found.length, most), all.rows.length);
    rows.replaceChildren();
    for (const r of found.slice(0, most)) {
      const row = make('tr', {}, undefined, rows);
      const name = make('th', { scope: 'row' }, undefined, row);
      press(r.label, name, () => show('figure', r.id), 'name');
      make('code', {}, r.id, name);
      make('code', { class: 'about' }, r.place, name);
      const cell = make('td', {}, undefined, row);
      if (r.fixed) make('span', { title: r.fixed }, r.value, cell);
      else {
        const input = field(r, cell, say('valueFor', r.label));
        cell.querySelector('label').className = 'unseen';
        input.addEventListener('input', update);
        input.addEventListener('keydown', e => {
          const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[e.key];
          if (!step) return;
          e.preventDefault();
          const fields = [...rows.querySelectorAll('input')];
          fields[fields.indexOf(input) + step]?.focus();
        });
      }
      make('td', {}, r.unit, row);
      make('td', {}, r.uses, row);
    }
    update();
  };
  filter.addEventListener('input', list);
  list();
  if (kept.tried && mine().length) tryAll();
};

// ---- lists, and what changed ----

const showLists = async () => {
  const said = await read('lists');
  if (!said || !fresh('lists')) return;
  undoing(said.undo, body);
  for (const l of said.lists) {
    make('h3', {}, l.title + (l.problems.length ? ' (' + l.problems.length + ')' : ''), body);
    if (!l.problems.length) make('p', { class: 'about' }, l.none, body);
    const list = make('ol', { class: 'messages' }, undefined, body);
    for (const p of l.problems) {
      const item = make('li', { class: p.severity }, undefined, list);
      message(p, item);
      for (const m of p.mends) {
        press(m.text, item, () => tryOut([], result, { round: said.round, problem: p.number, mend: m.number }), 'mend');
      }
      const result = make('div', { class: 'result', 'aria-live': 'polite' }, undefined, item);
    }
    if (l.more) make('p', { class: 'about' }, l.more, body);
  }
};

const showChanges = async () => {
  fresh('changes');
  const said = await read('changes');
  if (said && fresh('changes')) make('pre', { class: 'changes' }, said.text, body);
};

// ---- the beginning ----

// remember keeps where a person is in the window, and resume goes on from there, on a page
// that was loaded anew or renewed.
const remember = () => {
  kept.scroll = body.scrollTop + panel.scrollTop;
  kept.said = [status.textContent, status.classList.contains('wrong')];
  const at = root.activeElement;
  kept.focus = at && at.id ? { id: at.id, start: at.selectionStart, end: at.selectionEnd } : undefined;
  keep();
};
const resume = async () => {
  const { focus, said = [], scroll: at } = kept;
  kept.focus = kept.said = undefined;
  await show(kept.tab, kept.id, true);
  scroll(at);
  if (!status.textContent) tell(...said);
  const field = focus && root.getElementById(focus.id);
  if (!field) return;
  field.focus({ preventScroll: true });
  if (focus.start != null && field.setSelectionRange) field.setSelectionRange(focus.start, focus.end);
};

addEventListener('pagehide', () => { if (panel && panel.open) remember(); });

// A build that came meanwhile may have changed what is shown; who types is left alone, unless
// the page is another.
let seen;
addEventListener('bilanz-preview', e => {
  open = e.detail.problems + e.detail.warnings;
  count();
  const newer = seen !== undefined && e.detail.round !== seen;
  seen = e.detail.round;
  if (newer && panel?.open && e.detail.renewed) {
    remember();
    resume();
  } else if (newer && panel?.open && !trying && !root.activeElement?.matches('input, textarea') && !body.querySelector('.save')) {
    again();
  }
});

const begin = async () => {
  const [spoken, css] = await Promise.all([ask('inspect/words'), fetch('/_preview/inspect.css')]);
  const style = new CSSStyleSheet();
  style.replaceSync(await css.text());
  words = spoken;
  build(style);
  if (kept.open) await resume();
};
if (self === top) begin();
