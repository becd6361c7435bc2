// Charts, on a press: the live chart in the picture's place, or the picture as PNG.
// The words of the buttons come from CSS, so that the page says the same without them.
(() => {
  'use strict';
  const doc = document, words = doc.currentScript.dataset;
  const get = async address => {
    const answer = await fetch(address);
    if (!answer.ok) throw answer.status;
    return answer;
  };
  const add = (name, classes, into) => {
    const e = doc.createElement(name);
    e.className = classes;
    into.append(e);
    return e;
  };

  // ECharts is loaded once for all charts of the page, and again after a failure.
  let engine;
  const load = () => engine ||= new Promise((done, failed) => {
    const script = add('script', '', doc.head);
    script.onload = done;
    script.onerror = () => { engine = null; script.remove(); failed(); };
    script.src = words.engine;
  });

  // The picture stays below the live chart, unseen: its marks keep answering to
  // pointer and keys, and nothing moves on the page.
  const explore = async (picture, address) => {
    const [sizes] = await Promise.all([get(address).then(a => a.json()), load()]);
    const stage = doc.createElement('div');
    stage.className = 'stage';
    stage.setAttribute('role', 'img');
    picture.prepend(stage);
    picture.classList.add('exploring');
    let chart, drawn;
    const draw = animate => {
      const svg = [...picture.querySelectorAll('svg')].find(s => s.getClientRects().length);
      if (!svg) return;
      const size = sizes[svg.classList.contains('chart-wide') ? 'wide' : 'narrow'];
      const wide = svg.getBoundingClientRect().width;
      if (drawn === wide && !animate) return;
      drawn = wide;
      if (chart) chart.close();
      for (const name of ['aria-labelledby', 'aria-describedby']) stage.setAttribute(name, svg.getAttribute(name));
      stage.style.width = size.width + 'px';
      stage.style.height = size.height + 'px';
      stage.style.transform = 'scale(' + wide / size.width + ')';
      chart = bilanzExplore(stage, size.option, { width: size.width, height: size.height, animate });
    };
    draw(!matchMedia('(prefers-reduced-motion: reduce)').matches);
    const resized = new ResizeObserver(() => draw());
    const themes = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map(q => matchMedia(q));
    const recolour = () => { drawn = 0; draw(); };
    resized.observe(picture);
    for (const t of themes) t.addEventListener('change', recolour);
    return () => {
      resized.disconnect();
      for (const t of themes) t.removeEventListener('change', recolour);
      chart.close();
      stage.remove();
      picture.classList.remove('exploring');
    };
  };

  // The picture that leaves the page, 1920 px wide, with the page's own font in it.
  const save = async (address, name) => {
    const [svg, font] = await Promise.all([get(address).then(a => a.text()),
      get(doc.querySelector('link[as=font]').href).then(a => a.blob())]);
    const reader = new FileReader();
    await new Promise(done => { reader.onload = done; reader.readAsDataURL(font); });
    const style = '<style>@font-face{font-family:"Source Sans 3";font-weight:200 900;src:url(' + reader.result + ')}</style>';
    const image = new Image();
    image.src = 'data:image/svg+xml,' + encodeURIComponent(svg.replace('<title', style + '<title'));
    await image.decode();
    const canvas = doc.createElement('canvas');
    canvas.width = 1920;
    canvas.height = Math.round(1920 * image.height / image.width);
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    const link = doc.createElement('a');
    link.href = URL.createObjectURL(await new Promise(done => canvas.toBlob(done)));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  for (const tools of doc.querySelectorAll('.chart-tools')) {
    const figure = tools.closest('figure'), address = figure.querySelector('.links a[href$=".svg"]').href;
    const file = ext => address.replace(/svg$/, ext);
    const said = doc.createElement('p');
    said.setAttribute('role', 'status');
    const button = (label, failed, action) => {
      const b = add('button', '', tools);
      b.type = 'button';
      b.setAttribute('aria-label', label);
      b.onclick = async () => {
        if (b.getAttribute('aria-busy')) return;
        said.textContent = '';
        b.setAttribute('aria-busy', 'true');
        await action(b).catch(() => { said.textContent = failed; });
        b.removeAttribute('aria-busy');
      };
    };
    let back;
    button(words.explore, words.unavailable, async b => {
      if (back) back = back();
      else back = await explore(figure.querySelector('.chart-picture'), file('json'));
      b.setAttribute('aria-label', back ? words.back : words.explore);
    });
    button(words.png, words.failed, () => save(address, figure.id + '.png'));
    tools.append(said);
  }
})();
