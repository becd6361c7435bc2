// The search: an index of what the list of the language names, made when it is first asked,
// and a field that finds as one types. It is loaded on a reader's press; the words of the field
// stand on the page of the search, which works without it.
(() => {
  'use strict';

  // Digits are one number however they are grouped: 416.374 is 416 374. What stands behind
  // the last sign is a fraction where it is no group of three.
  const joined = text => {
    const parts = text.split(/[.,'’\s]/), last = parts[parts.length - 1], sign = text[text.length - last.length - 1];
    const fraction = parts.length > 1 && last.length !== 3 && /[.,]/.test(sign) ? parts.pop() : '';
    const grouped = parts[0].length < 4 && parts.slice(1).every(part => part.length === 3);
    if (parts.length > 1 && !grouped) return text.replace(/[.,'’\s]/g, ' ');
    return (parts.join('') + (fraction && '.' + fraction)).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  };
  const wordsOf = text => text.normalize('NFC').toLowerCase().replace(/\u00ad/g, '')
    .replace(/\d+(?:[.,'’\s]\d+)*/g, joined).match(/\d+(?:\.\d+)?|[\p{L}\p{M}]+/gu) || [];
  const isNumber = word => /^\d/.test(word);

  // People write ä as ae, or as a. Both are found.
  const short = word => word.replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '');
  const spellings = word => [...new Set([short(word), short(word.replace(/[äöü]/g, letter => short(letter) + 'e'))])];

  const few = 5, shown = 8, most = 4;

  // What a list finds: rows of figures, charts and sections of pages.
  const make = (list, stemmer) => {
    const rows = [
      ...list.figures.map(([heading, value, printed, unit, when, source, href, places]) => (
        { kind: 'figure', heading, value, printed, unit, when, source, href, places, text: [printed, unit, when, source].join(' ') })),
      ...list.charts.map(([title, heading, text, href]) => ({ kind: 'chart', title, heading, text, href })),
      ...list.sections.map(([title, heading, text, href]) => ({ kind: 'section', title, heading: heading || title, text, href }))
    ].map((row, id) => ({ id, title: '', value: '', ...row }));
    const fields = ['heading', 'title', 'text', 'value', 'below'];

    const read = new Map(); // the words of each text, read once
    const wordsIn = text => {
      if (!read.has(text)) read.set(text, wordsOf(text));
      return read.get(text);
    };

    // A figure is found by the headings below which its number stands, too: they often name it
    // as people do. Where it stands below many, it says little of each.
    const headings = new Map();
    for (const { kind, heading, text } of rows) {
      if (kind !== 'section') continue;
      for (const word of new Set(wordsIn(text).filter(isNumber))) headings.set(word, [...(headings.get(word) || []), heading]);
    }
    for (const row of rows) {
      const above = headings.get(row.value.replace('-', '')) || [];
      row.below = above.length <= shown ? above.join(' ') : '';
    }

    // In how many rows a word stands.
    const spread = new Map();
    for (const row of rows) {
      for (const word of new Set(fields.flatMap(f => wordsIn(row[f])))) spread.set(word, (spread.get(word) || 0) + 1);
    }

    // A long word is found by its end too, where that is itself a word of this site.
    const ends = word => {
      const found = [];
      if (!stemmer || !stemmer.compounds || word.length < 9) return found;
      for (let i = 1; i <= word.length - 5; i++) if (spread.has(word.slice(i))) found.push(word.slice(i));
      return found;
    };
    const stem = word => stemmer ? short(stemmer(word)) : short(word);
    const terms = new Map();
    const termsOf = word => {
      if (isNumber(word)) return word;
      if (!terms.has(word)) {
        terms.set(word, [...new Set([word, ...ends(word)].flatMap(w => [...spellings(w), stem(w)]))]);
      }
      return terms.get(word);
    };
    const index = new WordIndex({ fields, tokenize: wordsIn, processTerm: termsOf });
    index.addAll(rows);
    read.clear();

    // A word of a question is itself, its stem or one of its synonyms; a compound that the site
    // has not is both of its parts: Erfolgsquote is Erfolg and Quote.
    const synonyms = new Map(Object.entries(list.synonyms || {}).map(([word, others]) => [wordsOf(word).join(' '), others]));
    const oneOf = word => {
      const others = (synonyms.get(word) || []).map(other => ({ queries: wordsOf(other).map(oneWord), combineWith: 'AND' }));
      const split = spread.has(word) ? [] : ends(word).filter(end => word.length - end.length > 3).map(end => (
        { queries: [word.slice(0, -end.length), end].map(oneWord), combineWith: 'AND' }));
      return { queries: [oneWord(word), ...split, ...others], combineWith: 'OR' };
    };
    const oneWord = word => {
      if (isNumber(word)) return { queries: [word], combineWith: 'OR', prefix: false, fuzzy: false };
      const stems = [...new Set([word, word.replace(/([aou])e/g, '$1\u0308').normalize('NFC')].map(stem))];
      return { combineWith: 'OR', queries: [
        { queries: spellings(word), combineWith: 'OR', prefix: word.length > 2, fuzzy: word.length > 4 && .2 },
        { queries: stems, combineWith: 'OR', prefix: term => term.length > 3, fuzzy: false, weights: { prefix: .1, fuzzy: 0 } }
      ] };
    };
    // Figures first, and first of them what the site says often.
    const weight = row => row.kind === 'figure' ? 1.2 + .6 * Math.log10(1 + row.places) : row.kind === 'chart' ? 1.1 : 1;
    const seek = (words, combineWith) => index.search({ queries: words.map(oneOf), combineWith }, {
      tokenize: text => [text], processTerm: term => term, boost: { heading: 4, title: 2, value: 4 },
      boostDocument: id => weight(rows[id])
    });

    // Numbers that no figure is have a nearest one.
    const figures = rows.filter(row => row.value);
    const distance = (row, number) => Math.abs(Math.abs(row.value) - number);
    const nearest = number => figures.reduce((best, row) => !best || distance(row, number) < distance(best, number) ? row : best, null);

    // A figure stands before its parts, which often have fewer words.
    const idOf = row => row.kind === 'figure' ? row.href.split('#')[1] : '';
    const wholesFirst = hits => {
      const ordered = new Set();
      for (const row of hits) {
        const id = idOf(row);
        for (const other of hits) if (other !== row && idOf(other) && id.startsWith(idOf(other) + '.')) ordered.add(other);
        ordered.add(row);
      }
      return [...ordered];
    };

    // No more than four figures of one group stand among the first: a table has many alike.
    const mixed = hits => {
      const count = {}, later = [];
      const first = hits.filter(row => {
        const group = idOf(row).split('.')[0];
        if (!group || (count[group] = (count[group] || 0) + 1) <= most) return true;
        later.push(row);
        return false;
      });
      return [...first.slice(0, shown), ...later, ...first.slice(shown)];
    };

    // Words that only ask are left out: "how many". A number that is a figure finds it, whatever
    // is said about it.
    const asking = new Set(list.asking);
    const ask = question => {
      const all = wordsOf(question), told = all.filter(word => !asking.has(word)), words = told.length ? told : all;
      if (!words.length) return { rows: [] };
      const numbers = words.filter(isNumber), isAsked = row => numbers.includes(row.value.replace('-', ''));
      const telling = words.filter(word => isNumber(word) || (spread.get(word) || 0) < rows.length / 5);
      const whole = new Set(seek(telling.length ? telling : words, 'AND').map(hit => hit.id));
      const some = seek(words, 'OR'), found = some.filter(hit => whole.has(hit.id));
      if (found.length < few && !numbers.length) found.push(...some.filter(hit => !whole.has(hit.id)));
      const exact = numbers.every(number => spread.has(number)) ? some.map(hit => rows[hit.id]).filter(isAsked) : [];
      const hits = [...exact, ...mixed(wholesFirst(found.map(hit => rows[hit.id]).filter(row => !isAsked(row))))];
      return { rows: hits, nearest: !hits.length && numbers.length ? nearest(numbers[0]) : null };
    };
    return { ask };
  };
  globalThis.siteSearch = make;
  const doc = globalThis.document, box = doc && doc.querySelector('.search');
  if (!box) return;

  // The field stands on its own page, or in the header of any other: then its words and where
  // the list lies come from that page, and so do the addresses of what is found.
  const words = box.dataset, base = new URL(words.at || location.pathname, location.href);
  const field = box.querySelector('input'), choice = box.querySelector('[role=listbox]'), said = box.querySelector('[role=status]');
  const element = (name, className, text) => Object.assign(doc.createElement(name), { className, textContent: text || '' });
  const filled = (text, ...values) => values.reduce((t, value, i) => t.replace(new RegExp('%(\\[' + (i + 1) + '\\])?s'), () => value), text);
  const load = address => new Promise((done, failed) => {
    const script = Object.assign(doc.createElement('script'), { src: address, onload: done, onerror: failed });
    doc.head.append(script);
  });
  const listed = async () => {
    const address = new URL(words.list, base);
    if (address.pathname.endsWith('.json')) return (await fetch(address)).json();
    await load(address); // from a disk nothing can be fetched
    return globalThis.searchList;
  };
  const finds = listed().then(list => make(list, globalThis.stemOf));

  // What is found, as a line: a number with what it is, or a title with its page.
  const line = (row, into, name = element('span')) => {
    const isNumber = row.kind === 'figure';
    into.append(Object.assign(name, {
      className: 'name', textContent: isNumber ? [row.printed, row.unit].join(' ').trim() : row.heading
    }));
    if (isNumber) into.append(element('span', 'what', row.heading));
    const about = isNumber ? [row.when, row.source] : [row.title !== row.heading && row.title];
    into.append(element('span', 'about-it', about.filter(text => text).join(' · ')));
    return into;
  };
  const addressOf = row => new URL(row.href, base).href;
  const sayOf = (question, { rows, nearest }) => nearest ?
    filled(words.nearest, question.trim(), [nearest.printed, nearest.unit].join(' ').trim() + ' (' + nearest.heading + ')') :
    rows.length ? filled(words.found, rows.length) : words.nothing;

  // The list below the field: the arrow keys go through it, and nothing is chosen unasked.
  let active = -1, asked = 0;
  const options = () => [...choice.children];
  const activate = i => {
    active = i;
    options().forEach((option, n) => option.setAttribute('aria-selected', n === i));
    if (i < 0) return field.removeAttribute('aria-activedescendant');
    field.setAttribute('aria-activedescendant', options()[i].id);
    options()[i].scrollIntoView({ block: 'nearest' });
  };
  const unfold = open => {
    choice.hidden = !open;
    field.setAttribute('aria-expanded', open);
    activate(-1);
  };
  const type = async () => {
    const now = ++asked, question = field.value, answer = (await finds).ask(question);
    if (now !== asked) return;
    const rows = answer.rows.length ? answer.rows.slice(0, shown) : answer.nearest ? [answer.nearest] : [];
    choice.replaceChildren(...rows.map((row, i) => {
      const option = line(row, element('li'));
      option.id = 'search-' + i;
      option.setAttribute('role', 'option');
      option.onclick = () => { location.href = addressOf(row); };
      return option;
    }));
    said.textContent = question.trim() ? sayOf(question, answer) : '';
    unfold(rows.length > 0);
  };
  field.oninput = type;
  choice.onpointerdown = e => e.preventDefault(); // the field keeps the focus
  field.onkeydown = e => {
    const count = options().length, open = !choice.hidden;
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && count) {
      e.preventDefault();
      const step = e.key === 'ArrowDown' ? 1 : -1, from = active < 0 && step < 0 ? count : active;
      if (!open) unfold(true);
      activate(from + step >= count || from + step < 0 ? -1 : from + step);
    } else if (e.key === 'Enter') {
      e.preventDefault();
      if (active >= 0) options()[active].click();
      else if (field.value.trim()) results();
    } else if (e.key === 'Escape') {
      if (open) { e.preventDefault(); unfold(false); } else if (words.at) { e.preventDefault(); shut(); }
    }
  };
  field.onblur = () => unfold(false);

  // All that was found stands on the page of the search, at an address that can be passed on.
  const all = element('ol', 'results');
  const results = async () => {
    const address = new URL(base);
    address.search = new URLSearchParams({ q: field.value.trim() });
    if (words.at) { location.href = address; return; }
    if (location.protocol !== 'file:') history.replaceState(null, '', address);
    unfold(false);
    const question = field.value, answer = (await finds).ask(question);
    said.textContent = sayOf(question, answer);
    const rows = answer.nearest ? [answer.nearest] : answer.rows.slice(0, 100);
    all.replaceChildren(...rows.map(row => {
      const item = line(row, element('li'), Object.assign(element('a'), { href: addressOf(row) }));
      if (row.value && navigator.clipboard) {
        const button = Object.assign(element('button', '', words.copy), { type: 'button' });
        button.onclick = async () => {
          await navigator.clipboard.writeText(row.value.replace('.', words.decimal));
          button.textContent = words.copied;
        };
        item.append(button);
      }
      return item;
    }));
  };

  const link = doc.querySelector('a.to-search');
  const show = () => { box.hidden = false; field.focus(); };
  const shut = () => {
    box.hidden = true;
    link.setAttribute('aria-expanded', 'false');
    link.focus();
  };
  if (!words.at) { // the page itself
    const asked = new URLSearchParams(location.search).get('q') || '';
    box.append(all);
    if (field.value) type(); // while the script was on its way
    else if (asked.trim()) { field.value = asked; results(); }
    if (link) link.onclick = e => { e.preventDefault(); show(); };
    return;
  }
  link.setAttribute('role', 'button');
  link.setAttribute('aria-expanded', 'true');
  link.onclick = e => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    if (!box.hidden) return shut();
    link.setAttribute('aria-expanded', 'true');
    show();
  };
  link.addEventListener('keydown', e => { if (e.key === ' ') { e.preventDefault(); link.click(); } });
  show();
})();
