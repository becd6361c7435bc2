// Charts, on a press: the live chart in the picture's place, where it can do what the picture
// cannot, or the picture as PNG. The words of the buttons come from CSS, so that the page says
// the same without them.
(() => {
  'use strict';
  const doc = document, words = doc.currentScript.dataset;
  // From a disk nothing can be fetched: neither can be offered.
  if (location.protocol === 'file:') {
    for (const button of doc.querySelectorAll('.scripted')) button.remove();
    return;
  }
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

  // What readers can ask of a live chart: each gives buttons and changes the option.
  const item = (datum, row) => (datum && typeof datum === 'object' && !Array.isArray(datum) ? { row, ...datum } : { row, value: datum });
  const marksOf = option => option.series.filter(s => /^s\d/.test(s.id));
  const valueOf = datum => Number(datum && typeof datum === 'object' ? datum.value : datum);
  const asks = {
    sort: {
      buttons: (say, now) => [[now.sorted ? say[1] : say[0], () => { now.sorted = !now.sorted; }]],
      change: (option, now) => {
        if (!now.sorted) return;
        const first = marksOf(option)[0].data, order = [...first.keys()].sort((a, b) => valueOf(first[b]) - valueOf(first[a]));
        for (const s of option.series) if (s.data.length === order.length) s.data = order.map(i => item(s.data[i], i));
      },
    },
    shares: {
      buttons: (say, now) => [[now.shares ? say[3] : say[2], () => { now.shares = !now.shares; }]],
      change: (option, now) => {
        if (!now.shares) return;
        const marks = marksOf(option);
        for (const row of marks[0].data.keys()) {
          const sum = marks.reduce((n, s) => n + valueOf(s.data[row]), 0);
          for (const s of marks) s.data[row] = { row, value: sum ? valueOf(s.data[row]) / sum : 0 };
        }
      },
    },
    lines: {
      buttons: (say, now, option) => marksOf(option).map(s => [s.name, () => { now.off[s.id] = !now.off[s.id]; }, !now.off[s.id]]),
      change: (option, now) => {
        for (const s of marksOf(option)) {
          if (!now.off[s.id]) continue;
          s.itemStyle.color = s.lineStyle.color = 'var(--rule)';
          s.z = 1;
          s.symbolSize = 0;
        }
      },
    },
    zoom: {
      buttons: (say, now) => {
        const to = (from, wide) => { now.wide = Math.min(1, Math.max(.125, wide)); now.from = Math.min(1 - now.wide, Math.max(0, from)); };
        return [[say[4], () => to(now.from + now.wide / 4, now.wide / 2)], [say[5], () => to(now.from - now.wide / 2, now.wide * 2)],
          [say[6], () => to(now.from - now.wide / 2, now.wide)], [say[7], () => to(now.from + now.wide / 2, now.wide)]];
      },
      change: (option, now) => {
        if (now.wide === 1) return;
        const x = option.xAxis[0], long = x.max - x.min;
        const day = new Intl.DateTimeFormat(doc.documentElement.lang, now.wide * long > 2e10 ? { year: 'numeric', month: 'short' } : { dateStyle: 'medium' });
        [x.min, x.max] = [x.min + now.from * long, x.min + (now.from + now.wide) * long];
        x.axisLabel = { show: true, hideOverlap: true, color: 'var(--ink-muted)', fontSize: option.textStyle.fontSize, formatter: at => day.format(at) };
        for (const s of option.series) { delete s.markLine; s.symbolSize = 8; }
        delete option.title; // dates and values of the whole have their places in it
      },
    },
  };

  // The picture stays below the live chart, unseen: its marks keep answering to pointer and
  // keys, where the live chart says that they stand now.
  const explore = async (picture, address, button) => {
    const tools = add('div', 'chart-tools', button.closest('.under')); // at once, so that nothing moves later
    const loaded = Promise.all([get(address).then(a => a.json()), load()]);
    const [sizes] = await loaded.catch(failed => { tools.remove(); throw failed; });
    const stage = doc.createElement('div');
    stage.className = 'stage';
    stage.setAttribute('role', 'img');
    picture.prepend(stage);
    picture.classList.add('exploring');
    const now = { off: {}, from: 0, wide: 1 }, does = button.dataset.does.split(' '), say = button.dataset.say.split('|');
    tools.setAttribute('role', 'group');
    tools.setAttribute('aria-label', button.getAttribute('aria-label'));
    let chart, size, drawn;
    const option = () => {
      const changed = structuredClone(size.option);
      for (const d of does) asks[d].change(changed, now);
      return changed;
    };
    const offer = () => {
      const at = [...tools.children].indexOf(doc.activeElement);
      tools.replaceChildren();
      for (const d of does) for (const [text, action, pressed] of asks[d].buttons(say, now, size.option)) {
        const b = add('button', '', tools);
        b.type = 'button';
        b.textContent = text;
        if (pressed !== undefined) b.setAttribute('aria-pressed', pressed);
        b.onclick = () => { action(); picture.classList.add('moved'); chart.show(option()); offer(); };
      }
      if (at >= 0) tools.children[at].focus();
    };
    const draw = animate => {
      const svg = [...picture.querySelectorAll('svg')].find(s => s.getClientRects().length);
      if (!svg) return;
      size = sizes[svg.classList[0].slice('chart-'.length)];
      const wide = svg.getBoundingClientRect().width;
      if (drawn === wide && !animate) return;
      drawn = wide;
      if (chart) chart.close();
      for (const name of ['aria-labelledby', 'aria-describedby']) stage.setAttribute(name, svg.getAttribute(name));
      stage.style.width = size.width + 'px';
      stage.style.height = size.height + 'px';
      stage.style.transform = 'scale(' + wide / size.width + ')';
      chart = bilanzExplore(stage, option(), { width: size.width, height: size.height, animate });
    };
    picture.place = mark => {
      const r = chart.place(Number(mark.dataset.series), Number(mark.dataset.index)), s = stage.getBoundingClientRect(), by = drawn / size.width;
      return r && new DOMRect(s.left + r.x * by, s.top + r.y * by, r.width * by, r.height * by);
    };
    draw(!matchMedia('(prefers-reduced-motion: reduce)').matches);
    offer();
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
      tools.remove();
      delete picture.place;
      picture.classList.remove('exploring', 'moved');
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

  // A press is answered once at a time; what fails says so politely.
  const pressed = (b, said, failed, action) => {
    b.onclick = async () => {
      if (b.getAttribute('aria-busy')) return;
      said.textContent = '';
      b.setAttribute('aria-busy', 'true');
      await action().catch(() => { said.textContent = failed; });
      b.removeAttribute('aria-busy');
    };
  };
  const status = into => {
    const said = add('p', '', into);
    said.setAttribute('role', 'status');
    return said;
  };

  const saves = b => {
    const address = b.closest('.links').querySelector('a[href$=".svg"]').href;
    pressed(b, status(b.parentElement), words.failed, () => save(address, b.closest('figure').id + '.png'));
  };
  const explores = b => {
    const figure = b.closest('figure'), label = b.dataset.label;
    const address = figure.querySelector('.links a[href$=".svg"]').href.replace(/svg$/, 'json');
    let back;
    pressed(b, status(b.closest('.under')), words.unavailable, async () => {
      if (back) back = back();
      else back = await explore(figure.querySelector('.chart-picture'), address, b);
      b.setAttribute('aria-label', b.getAttribute('aria-label').replace(b.dataset.label, back ? words.back : label));
      b.dataset.label = back ? words.back : label;
    });
  };
  const dress = part => {
    for (const b of part.querySelectorAll('.save')) saves(b);
    for (const b of part.querySelectorAll('.explore')) explores(b);
  };
  dress(doc);
  doc.addEventListener('dress', e => dress(e.detail)); // see chart.js
})();
