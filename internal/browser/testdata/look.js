// What the tests ask an open page. Every function gives plain values; a problem
// is a sentence that names the element.
(() => {
	const gap = (s) => s.replace(/\s+/g, ' ').trim();

	// name says which element is meant, so that a person finds it.
	function name(el) {
		if (!el || !el.tagName) return 'nothing';
		let css = el.tagName.toLowerCase();
		if (el.id) css += '#' + el.id;
		const classes = gap(el.getAttribute('class') || '');
		if (classes) css += '.' + classes.replace(/ /g, '.');
		const text = gap(el.getAttribute('aria-label') || el.textContent || '').slice(0, 50);
		return `<${css}>` + (text ? ` "${text}"` : '');
	}

	function visible(el) {
		const box = el.getBoundingClientRect();
		return box.width > 0 && box.height > 0 && el.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
	}

	// unseen elements are for screen readers only.
	const unseen = (el) => {
		const box = el.getBoundingClientRect();
		return box.width <= 2 || box.height <= 2;
	};

	// --- colours ---

	function rgba(text) {
		const numbers = (text.match(/[\d.]+(e-?\d+)?/g) || []).map(Number);
		if (/^color\(srgb/.test(text)) return [...numbers.slice(0, 3).map((n) => n * 255), numbers[3] ?? 1];
		if (!/^rgba?\(/.test(text)) return [0, 0, 0, 0];
		return [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1];
	}

	const over = (top, bottom) => [0, 1, 2].map((i) => top[i] * top[3] + bottom[i] * (1 - top[3])).concat(1);

	function luminance(c) {
		const [r, g, b] = c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	}

	function contrast(a, b) {
		const [x, y] = [luminance(a), luminance(b)];
		return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
	}

	const hex = (c) => '#' + c.slice(0, 3).map((v) => Math.round(v).toString(16).padStart(2, '0')).join('');

	// computed gives a CSS colour as the browser computes it here and now.
	function computed(color) {
		const probe = document.body.appendChild(document.createElement('span'));
		probe.style.forcedColorAdjust = 'none';
		probe.style.color = color;
		const value = rgba(getComputedStyle(probe).color);
		probe.remove();
		return value;
	}

	// background is what one sees behind an element.
	function background(el) {
		const layers = [];
		for (let at = el; at; at = at.parentElement) {
			const c = rgba(getComputedStyle(at).backgroundColor);
			if (c[3] > 0) layers.push(c);
			if (c[3] === 1) break;
		}
		return layers.reduceRight((below, layer) => over(layer, below), computed('Canvas'));
	}

	// --- layout ---

	const scrolls = (el) => ['auto', 'scroll'].includes(getComputedStyle(el).overflowX);
	const clips = (el) => ['hidden', 'clip'].includes(getComputedStyle(el).overflowX);

	function overflow() {
		const problems = [];
		const root = document.scrollingElement;
		const width = root.clientWidth;
		if (root.scrollWidth > width) {
			problems.push(`the page scrolls sideways: ${root.scrollWidth} px in ${width} px`);
			for (const el of document.body.querySelectorAll('*')) {
				const box = el.getBoundingClientRect();
				if (box.right <= width + 0.5 || !visible(el)) continue;
				let inner = false;
				for (let at = el.parentElement; at && at !== document.body; at = at.parentElement) inner ||= scrolls(at) || clips(at);
				const deepest = ![...el.children].some((c) => c.getBoundingClientRect().right > width + 0.5);
				if (!inner && deepest) problems.push(`${name(el)} reaches to ${Math.round(box.right)} px`);
			}
		}
		for (const el of document.body.querySelectorAll('*')) {
			if (el instanceof SVGElement || el.scrollWidth <= el.clientWidth + 1 || !visible(el) || unseen(el)) continue;
			if (getComputedStyle(el).display === 'inline') continue;
			if (scrolls(el)) {
				const within = [...el.querySelectorAll(controls)].some((c) => c.tabIndex >= 0); // whose focus scrolls the box
				if (el.tabIndex < 0 && !within) problems.push(`${name(el)} scrolls sideways but takes no focus`);
				else if (!el.getAttribute('aria-label') && !el.getAttribute('aria-labelledby')) problems.push(`${name(el)} scrolls sideways but has no name`);
			} else if (clips(el)) {
				problems.push(`${name(el)} is cut off: ${el.scrollWidth} px in ${el.clientWidth} px`);
			}
		}
		return problems.concat(cutBelow());
	}

	// cutBelow finds boxes of a fixed height whose text is cut off.
	function cutBelow() {
		const problems = [];
		for (const el of document.body.querySelectorAll('*')) {
			if (el instanceof SVGElement || el.scrollHeight <= el.clientHeight + 1 || !visible(el) || unseen(el)) continue;
			if (['hidden', 'clip'].includes(getComputedStyle(el).overflowY) && gap(el.innerText || '')) {
				problems.push(`${name(el)} is cut off: ${el.scrollHeight} px in ${el.clientHeight} px of height`);
			}
		}
		return problems;
	}

	// torn finds words of headings that are longer than a line. Browsers that know no
	// hyphenation go on in the next one anywhere. Words of more than 30 letters fit no
	// phone.
	function torn() {
		const problems = [];
		for (const el of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
			if (!visible(el) || unseen(el)) continue;
			const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
			for (let text = walker.nextNode(); text; text = walker.nextNode()) {
				for (const word of text.data.matchAll(/[^\s\u00ad\u2010-\u2015-]+/g)) {
					if (word[0].length > 30) continue;
					const range = document.createRange();
					range.setStart(text, word.index);
					range.setEnd(text, word.index + word[0].length);
					const pieces = [...range.getClientRects()];
					const width = pieces.reduce((sum, box) => sum + box.width, 0);
					if (pieces.length > 1 && width > el.clientWidth) problems.push(`${name(el)} tears ${word[0]} apart`);
				}
			}
		}
		return problems;
	}

	// astray finds marks of footnotes at the beginning of a line, where they belong to
	// nothing.
	function astray() {
		const problems = [];
		for (const mark of document.querySelectorAll('.footnote-ref')) {
			const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			walker.currentNode = mark;
			const before = walker.previousNode();
			const range = document.createRange();
			range.setStart(before, before.data.length - 1);
			range.setEnd(before, before.data.length);
			const end = range.getBoundingClientRect();
			if (visible(mark) && mark.getBoundingClientRect().right < end.right) problems.push(`${name(mark)} begins a line, after "${gap(before.data).slice(-20)}"`);
		}
		return problems;
	}

	const controls = 'a[href], button, summary, input:not([type=hidden]), select, textarea, [role=button], [role=link]';

	// targets finds what is too small for a thumb. Links within a sentence are
	// allowed to be as high as its line.
	function targets() {
		const problems = [];
		for (const el of document.querySelectorAll(controls)) {
			if (!visible(el) || el.disabled || inSentence(el)) continue;
			const box = el.getBoundingClientRect();
			if (unseen(el)) continue; // a skip link before its focus
			if (box.width < 23.9 || box.height < 23.9) {
				problems.push(`${name(el)} is ${box.width.toFixed(1)} by ${box.height.toFixed(1)} px`);
			}
		}
		return problems;
	}

	function inSentence(el) {
		if (!getComputedStyle(el).display.startsWith('inline') || getComputedStyle(el).display !== 'inline') return false;
		let block = el.parentElement;
		while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
		const own = [...block.querySelectorAll(controls)].reduce((n, c) => n + gap(c.textContent).length, 0);
		return gap(block.textContent).length > own;
	}

	// --- words ---

	const words = () => (document.body.innerText.match(/[\p{L}\p{N}]+/gu) || []);

	// numbers are the cells, and the texts of the pictures that are shown, that hold any,
	// each once.
	function numbers() {
		const pictures = [...document.querySelectorAll('main svg[role=img]')].filter(visible).flatMap((svg) => [...svg.querySelectorAll('text')]);
		const texts = [...document.querySelectorAll('main td, main th'), ...pictures].map((el) => gap(el.textContent));
		return [...new Set(texts.filter((text) => /\d/.test(text)))];
	}

	// --- links ---

	function links(page = document, address = document.baseURI) {
		const found = [];
		const add = (el, to, footer) => found.push({ url: new URL(to, address).href, what: name(el), footer });
		for (const el of page.querySelectorAll('a[href], area[href]')) add(el, el.getAttribute('href'), !!el.closest('footer'));
		for (const el of page.querySelectorAll('link[href], img[src], script[src], source[src], video[src], iframe[src]')) {
			const outside = ['canonical', 'alternate'].includes(el.rel);
			if (!outside) add(el, el.getAttribute('src') || el.getAttribute('href'), false);
		}
		return found;
	}

	const ids = (page = document) => [...page.querySelectorAll('[id]')].map((el) => el.id);

	// read asks pages as they come from the host, which nobody has drawn: a question about
	// what they say needs no more.
	async function read(addresses, question) {
		return Promise.all(addresses.map(async (address) => {
			const answer = await fetch(address);
			return question(new DOMParser().parseFromString(await answer.text(), 'text/html'), address);
		}));
	}

	function meta() {
		const content = (q) => document.querySelector(q)?.getAttribute('content') ?? '';
		return {
			title: document.title,
			lang: document.documentElement.lang,
			policy: document.head.firstElementChild?.getAttribute('http-equiv') === 'Content-Security-Policy' ? document.head.firstElementChild.content : '',
			description: content('meta[name=description]'),
			robots: content('meta[name=robots]'),
			canonical: document.querySelector('link[rel=canonical]')?.href ?? '',
			alternates: Object.fromEntries([...document.querySelectorAll('link[rel=alternate][hreflang]')].map((el) => [el.hreflang, el.href])),
		};
	}

	async function storage() {
		const problems = [];
		if (document.cookie) problems.push('a cookie: ' + document.cookie);
		if (localStorage.length) problems.push('localStorage: ' + Object.keys(localStorage));
		if (sessionStorage.length) problems.push('sessionStorage: ' + Object.keys(sessionStorage));
		for (const db of await indexedDB.databases()) problems.push('indexedDB: ' + db.name);
		if (globalThis.caches) for (const key of await caches.keys()) problems.push('cache: ' + key);
		const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
		for (const w of workers) problems.push('service worker: ' + w.scope);
		return problems;
	}

	// --- keyboard ---

	const walked = []; // elements in the order of the keyboard
	let last = null;

	// Where a link covers a card, what covers it has the ring.
	const dress = (el) => [null, '::after'].map((part) => {
		const s = getComputedStyle(el, part);
		return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.color, s.borderColor, s.borderWidth, s.textDecoration].join('|');
	}).join('|');

	const ringed = (el) => [null, '::after'].map((part) => getComputedStyle(el, part))
		.find((s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1);

	// step says what the last press of Tab led to: problems, and whether the
	// walk is over.
	function step() {
		const el = document.activeElement;
		const problems = [];
		if (last && last.el !== el && last.el.isConnected && dress(last.el) === last.dress) {
			problems.push(`${name(last.el)} looks the same with focus as without`);
		}
		last = null;
		if (!el || el === document.body || el === document.documentElement || walked.includes(el)) return { problems, over: true, what: name(el) };
		walked.push(el);
		last = { el, dress: dress(el) };
		const boxes = [...el.getClientRects()].filter((b) => b.width > 1 && b.height > 1);
		const box = boxes[0];
		if (!box) problems.push(`${name(el)} has focus but no size`);
		else problems.push(...inSight(el, box));
		return { problems, over: false, what: name(el) };
	}

	function inSight(el, box) {
		const problems = [];
		// Of a text field the browser brings the line with the caret into sight, not all lines.
		const bottom = el.matches('textarea') ? box.top + parseFloat(getComputedStyle(el).lineHeight) : box.bottom;
		// What is higher than the window fills most of it.
		const out = bottom - box.top > innerHeight ?
			box.top > innerHeight / 2 || bottom < innerHeight / 2 : box.top < -1 || bottom > innerHeight + 1;
		if (out || box.left < -1 || box.right > innerWidth + 1) {
			problems.push(`${name(el)} has focus but is out of sight (${Math.round(box.left)}, ${Math.round(box.top)})`);
			return problems;
		}
		const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
		const hit = points.some(([x, y]) => {
			const top = document.elementFromPoint(box.left + box.width * x, Math.min(box.top + box.height * y, innerHeight - 1));
			return top && (el.contains(top) || top.contains(el) && getComputedStyle(el).pointerEvents === 'none' || top === el);
		});
		if (!hit) problems.push(`${name(el)} has focus but ${name(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))} covers it`);
		const style = ringed(el);
		if (style) {
			const behind = background(el.parentElement || el);
			const ratio = contrast(over(rgba(style.outlineColor), behind), behind);
			const shadowed = style.boxShadow !== 'none' || rgba(style.backgroundColor)[3] > 0;
			if (ratio < 3 && !shadowed) problems.push(`the focus ring of ${name(el)} has ${ratio.toFixed(2)}:1`);
		}
		return problems;
	}

	// skips wants the first stop to be a link to the main part, in sight.
	function skips() {
		const el = document.activeElement;
		const main = document.querySelector('main');
		const target = el.hash && document.getElementById(decodeURIComponent(el.hash.slice(1)));
		if (!target || !main || !(target.contains(main) || main.contains(target))) return [`the first stop is ${name(el)}, not a link to the main part`];
		return [];
	}

	// skipped wants the stop after the skip link to be in the main part, or
	// behind it where that has no stops.
	function skipped() {
		const el = document.activeElement;
		const main = document.querySelector('main');
		const stops = [...main.querySelectorAll(controls + ', [tabindex="0"]')].filter((c) => visible(c) && c.tabIndex >= 0);
		const behind = main.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING;
		if (stops.length ? main.contains(el) && el !== main : behind) return [];
		return [`the stop after the skip link is ${name(el)}, which is not in the main part`];
	}

	// missed are controls that one sees but the keyboard did not reach.
	function missed() {
		return [...document.querySelectorAll(controls + ', [tabindex="0"]')]
			.filter((el) => visible(el) && el.tabIndex >= 0 && !el.disabled && !walked.includes(el))
			.map((el) => 'the keyboard does not reach ' + name(el));
	}

	// stops counts what the keyboard stops at.
	const stops = () => [...document.querySelectorAll(controls + ', [tabindex="0"]')]
		.filter((el) => visible(el) && el.tabIndex >= 0 && !el.disabled).length;

	// --- pages of all numbers ---

	// opened says what is wrong with the entry that a link led to; '' nothing.
	function opened(id) {
		const entry = document.getElementById(id).closest('details');
		const row = entry.querySelector('summary').getBoundingClientRect();
		if (!entry.open) return 'it is folded';
		if (row.top < 0 || row.bottom > innerHeight) return `its row is out of sight, at ${Math.round(row.top)} px`;
		if (getComputedStyle(entry).boxShadow === 'none') return 'it is not marked';
		return '';
	}

	// filtered puts words and a group into the row that filters, and says what is shown.
	function filtered(words, group) {
		const set = (el, value, event) => { el.value = value; el.dispatchEvent(new Event(event)); };
		set(document.querySelector('.find input'), words, 'input');
		set(document.querySelector('.find select'), group, 'change');
		const rows = [...document.querySelectorAll('.entries > li')];
		return `${rows.filter(visible).length} of ${rows.length}: ${gap(document.querySelector('.find-count').textContent)}`;
	}

	// --- charts ---

	const shapes = 'rect, path, circle, ellipse, polygon, polyline, line';

	function charts() {
		const problems = [];
		for (const figure of document.querySelectorAll('figure')) {
			const pictures = [...figure.querySelectorAll('svg[role=img]')];
			const shown = pictures.filter(visible);
			if (pictures.length && shown.length !== 1) problems.push(`${name(figure)} shows ${shown.length} of its ${pictures.length} pictures`);
			for (const svg of shown) problems.push(...picture(svg).map((p) => `chart ${figure.id || svg.id}: ${p}`));
		}
		return problems;
	}

	function picture(svg) {
		const problems = [];
		const paper = background(svg.parentElement);
		const frame = svg.getBoundingClientRect();
		const open = getComputedStyle(svg).overflowX === 'visible';
		const texts = [...svg.querySelectorAll('text')].filter((t) => gap(t.textContent) && visible(t));
		for (const text of texts) problems.push(...lettering(svg, text, frame, open, paper));
		problems.push(...crowding(texts), ...crossing(svg, texts, paper), ...painting(svg, paper));
		return problems;
	}

	function lettering(svg, text, frame, open, paper) {
		const problems = [];
		const said = `"${gap(text.textContent)}"`;
		const matrix = text.getScreenCTM();
		const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b);
		if (size < 11.95) problems.push(`${said} is ${size.toFixed(1)} px high`);
		if (Math.abs(matrix.b) > 0.01) problems.push(`${said} is not horizontal`);
		const box = text.getBoundingClientRect();
		const room = open ? { left: 0, right: innerWidth, top: -Infinity, bottom: Infinity } : frame;
		const empty = box.height / 6; // above and below the letters of a line
		// Chromium rounds the box of a letter that overhangs, such as A, up by a pixel.
		const out = Math.max(room.left - box.left, box.right - room.right, room.top - box.top - empty, box.bottom - room.bottom - empty);
		if (out > 1.2) problems.push(`${said} is cut off by ${out.toFixed(1)} px`);
		for (const part of [0.02, 0.25, 0.5, 0.75, 0.98]) {
			const behind = under(svg, text, box.left + box.width * part, (box.top + box.bottom) / 2, paper);
			const ink = over(rgba(getComputedStyle(text).fill), behind);
			const ratio = contrast(ink, behind);
			if (ratio < 4.5) {
				problems.push(`${said} in ${hex(ink)} on ${hex(behind)} has ${ratio.toFixed(2)}:1`);
				break;
			}
		}
		return problems;
	}

	// under is the colour behind a text at a place.
	function under(svg, text, x, y, paper) {
		let color = paper;
		for (const shape of svg.querySelectorAll(shapes)) {
			if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) || !visible(shape)) continue;
			const style = getComputedStyle(shape);
			const fill = rgba(style.fill);
			if (style.fill === 'none' || shape.closest('defs, clipPath, mask')) continue;
			const at = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse());
			if (shape.isPointInFill?.(at)) color = over([...fill.slice(0, 3), fill[3] * style.fillOpacity * style.opacity], color);
		}
		return color;
	}

	// crowding finds texts that touch. The letters fill about the middle two
	// thirds of a line's box.
	function crowding(texts) {
		const problems = [];
		const boxes = texts.map((t) => {
			const b = t.getBoundingClientRect();
			return { text: t, left: b.left, right: b.right, top: b.top + b.height / 6, bottom: b.bottom - b.height / 6 };
		});
		for (let i = 0; i < boxes.length; i++) {
			for (let j = i + 1; j < boxes.length; j++) {
				const [a, b] = [boxes[i], boxes[j]];
				const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
				const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
				if (wide > 0.5 && high > 0.5) problems.push(`"${gap(a.text.textContent)}" and "${gap(b.text.textContent)}" overlap`);
			}
		}
		return problems;
	}

	// crossing finds lines that run through the letters of a text, unless the text
	// is drawn over them with a rim in the colour of the paper.
	function crossing(svg, texts, paper) {
		const problems = [];
		for (const shape of svg.querySelectorAll(shapes)) {
			const style = getComputedStyle(shape);
			if (style.stroke === 'none' || !shape.checkVisibility({ visibilityProperty: true }) || shape.closest('defs, clipPath, mask')) continue;
			const matrix = shape.getScreenCTM();
			const length = shape.getTotalLength();
			const points = [];
			for (let at = 0; at <= length; at += 1) points.push(shape.getPointAtLength(at).matrixTransform(matrix));
			for (const text of texts) {
				if (rimmed(text, paper) && shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) continue;
				const b = text.getBoundingClientRect();
				const [top, bottom] = [b.top + b.height / 4, b.bottom - b.height / 4];
				const through = points.some((p) => p.x > b.left + 1 && p.x < b.right - 1 && p.y > top && p.y < bottom);
				if (through) problems.push(`a line runs through "${gap(text.textContent)}"`);
			}
		}
		return problems;
	}

	function rimmed(text, paper) {
		const style = getComputedStyle(text);
		return style.paintOrder.startsWith('stroke') && parseFloat(style.strokeWidth) >= 3 && style.stroke !== 'none' &&
			hex(rgba(style.stroke)) === hex(paper);
	}

	// painting checks the marks: seen against the paper, apart from each other.
	function painting(svg, paper) {
		const problems = [];
		const boxes = [];
		for (const mark of svg.querySelectorAll(shapes)) {
			if (!mark.closest('[data-index], [data-tip]') || !visible(mark)) continue;
			const style = getComputedStyle(mark);
			const filled = style.fill !== 'none' && rgba(style.fill)[3] * style.fillOpacity > 0.05;
			const stroked = style.stroke !== 'none' && rgba(style.stroke)[3] * style.strokeOpacity > 0.05;
			if (!filled && !stroked) continue;
			const hues = [filled && style.fill, stroked && style.stroke].filter(Boolean).map((c) => over(rgba(c), paper));
			const color = hues.reduce((a, b) => (contrast(a, paper) < contrast(b, paper) ? b : a)); 
			const ratio = contrast(color, paper);
			if (ratio < 3) problems.push(`the mark ${mark.dataset.tip || mark.dataset.index || ''} in ${hex(color)} on ${hex(paper)} has ${ratio.toFixed(2)}:1`);
			if (filled && isBox(mark)) boxes.push(mark.getBoundingClientRect());
		}
		for (let i = 0; i < boxes.length; i++) {
			for (let j = i + 1; j < boxes.length; j++) {
				const x = Math.max(boxes[i].left, boxes[j].left) - Math.min(boxes[i].right, boxes[j].right);
				const y = Math.max(boxes[i].top, boxes[j].top) - Math.min(boxes[i].bottom, boxes[j].bottom);
				if (Math.max(x, y) < 1.9) problems.push(`two marks are ${Math.max(x, y).toFixed(1)} px apart`);
			}
		}
		return problems;
	}

	function isBox(mark) {
		const box = mark.getBBox();
		if (box.width < 2 || box.height < 2) return false;
		return [[0.5, 0.5], [box.width - 0.5, 0.5], [0.5, box.height - 0.5], [box.width - 0.5, box.height - 0.5]]
			.every(([x, y]) => mark.isPointInFill(new DOMPoint(box.x + x, box.y + y)));
	}

	const palette = () => [1, 2, 3, 4, 5].map((n) => hex(computed(`var(--chart-${n})`)));
	const paper = () => hex(background(document.body));

	// settle puts the reader's own styles on and waits for the font and, where scripts run,
	// until the page has been drawn with them: a script is told of a new size only then.
	async function settle(sheet, scripts) {
		const styles = new CSSStyleSheet();
		styles.replaceSync(sheet);
		document.adoptedStyleSheets = sheet ? [styles] : [];
		await document.fonts.ready;
		document.documentElement.getBoundingClientRect();
		const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		if (scripts) await drawn();
		return true;
	}

	// faults runs axe-core: all of it, or the rules that look at colours.
	async function faults(coloursOnly) {
		const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
		const ofColour = () => axe.getRules(tags).filter((rule) => rule.tags.includes('cat.color')).map((rule) => rule.ruleId);
		const run = await axe.run(document, {
			runOnly: coloursOnly ? { type: 'rule', values: ofColour() } : tags,
			resultTypes: ['violations'],
			preload: false, // of style sheets, which only an experimental rule reads
		});
		return run.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help}: ${n.target.join(' ')} ${n.html.slice(0, 120)}`));
	}

	// --- how a page fills its room ---

	// drawn lists the boxes of all that is to be seen: lines of text, pictures, edges of boxes.
	function drawn() {
		const boxes = [];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let text = walker.nextNode(); text; text = walker.nextNode()) {
			const el = text.parentElement;
			if (!gap(text.data) || el.closest('script, style, svg') || !visible(el) || unseen(el)) continue;
			const range = document.createRange();
			range.selectNodeContents(text);
			boxes.push(...range.getClientRects());
		}
		for (const el of document.body.querySelectorAll('img, video, input, textarea, button, svg *')) {
			if (el.children.length === 0 && visible(el)) boxes.push(el.getBoundingClientRect());
		}
		for (const el of document.body.querySelectorAll('*')) {
			if (el instanceof SVGElement || !visible(el)) continue;
			const style = getComputedStyle(el), box = el.getBoundingClientRect();
			const edged = (side) => parseFloat(style['border' + side + 'Width']) > 0 && rgba(style['border' + side + 'Color'])[3] > 0;
			if (edged('Left') || edged('Right')) boxes.push(box);
		}
		const down = scrollY;
		return boxes.filter((b) => b.width > 0 && b.height > 0)
			.map((b) => ({ left: b.left, right: b.right, top: b.top + down, bottom: b.bottom + down }));
	}

	// filled is the share of the strips of 50 px, from the top to a line, in which something
	// stands to the right of another; strips below the page's end do not count.
	function filled(down, x) {
		const boxes = drawn(), end = Math.min(down, document.documentElement.scrollHeight);
		let all = 0, wide = 0;
		for (let top = 0; top + 50 <= end; top += 50, all++) {
			if (boxes.some((b) => b.right > x && b.top < top + 50 && b.bottom > top)) wide++;
		}
		return Math.round(100 * wide / all);
	}

	// white is the height of the tallest strip of main in which nothing stands, and above what.
	function white() {
		const main = document.querySelector('main').getBoundingClientRect();
		const boxes = drawn().filter((b) => b.bottom > main.top + scrollY && b.top < main.bottom + scrollY).sort((a, b) => a.top - b.top);
		let most = 0, at = 0, down = boxes.length ? boxes[0].top : 0;
		for (const b of boxes) {
			if (b.top - down > most) [most, at] = [b.top - down, down];
			down = Math.max(down, b.bottom);
		}
		return { Height: Math.round(most), At: Math.round(at) };
	}

	// whole counts the key figures that stand wholly above the fold.
	function whole() {
		return [...document.querySelectorAll('.headline-figures > ul > li')]
			.filter((el) => el.getBoundingClientRect().bottom + scrollY <= innerHeight).length;
	}

	const pictures = () => [...document.querySelectorAll('main svg')].filter(visible).length;

	// below lists how far charts without notes reach below their pictures.
	function below() {
		const problems = [];
		for (const figure of document.querySelectorAll('figure.chart')) {
			const picture = [...figure.querySelectorAll('.chart-picture svg')].find(visible);
			if (!picture || figure.querySelector('.note') || !visible(figure)) continue;
			const px = figure.getBoundingClientRect().bottom - picture.getBoundingClientRect().bottom;
			if (px > 80) problems.push(`${Math.round(px)} px below the picture of ${figure.id || 'a chart'}`);
		}
		return problems;
	}

	// moved says how far things moved while the page loaded, if that is more than nobody sees.
	const moved = () => new Promise((done) => {
		let sum = 0;
		new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
			.observe({ type: 'layout-shift', buffered: true });
		requestAnimationFrame(() => setTimeout(() => done(sum > 0.01 ? [`things move by ${sum.toFixed(3)} while it loads`] : []), 50));
	});

	// spoken gives the names of the numbers that can be pressed, by the figure and what is said of it.
	const spoken = (page = document) => [...page.querySelectorAll('a.fig-link')].map((a) => {
		const data = a.querySelector('data').dataset;
		return { Figure: data.figure + '?' + (data.option || ''), Name: a.getAttribute('aria-label') || a.dataset.name || gap(a.textContent) };
	});

	return { settle, filled, white, whole, pictures, below, moved, spoken, stops, opened, filtered, overflow, torn, astray, targets, words, numbers, links, ids, read, meta, storage, step, skips, skipped, missed, charts, palette, paper, faults, name };
})()
