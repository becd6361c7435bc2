// What every tool of the preview needs.
export const mark = document.querySelector('meta[name="bilanz-preview"]');

// ask reads something of the preview's.
export const ask = async name => (await fetch('/_preview/' + name)).json();

// post asks the preview to change something. It gives the answer, whatever that is.
export const post = (name, value, signal) => fetch('/_preview/' + name, {
  method: 'POST',
  signal,
  headers: { 'Content-Type': 'application/json', 'X-Bilanz-Token': mark.content },
  body: JSON.stringify(value),
});

// make makes an element of the preview's own: its name, a class, a text, what it lies in.
export const make = (name, kind, text, into) => {
  const e = document.createElement(name);
  e.className = 'bilanz-preview ' + kind;
  if (text) e.textContent = text;
  if (into) into.append(e);
  return e;
};

// button makes one that acts on a press, once at a time.
export const button = (kind, text, into, action) => {
  const b = make('button', kind, text, into);
  b.type = 'button';
  b.onclick = async () => {
    if (b.getAttribute('aria-busy')) return;
    b.setAttribute('aria-busy', 'true');
    try { await action(); } finally { b.removeAttribute('aria-busy'); }
  };
  return b;
};
