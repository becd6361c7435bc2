// make third-party: builds static/third-party and fills static/fonts from npm.
// make verify-third-party: builds again elsewhere and compares, byte by byte.
//
// LOCK names what was taken (version, licence, npm's own integrity hash and the SHA-256
// of every file taken as it is) and what was built.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { changes } from "./changes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");
const modules = join(here, "node_modules");
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

const charts = "Apache ECharts (Apache-2.0), zrender (BSD-3-Clause), tslib (0BSD): see ECHARTS-LICENSES.txt";
const search = "MiniSearch (MIT), @orama/stemmers (Apache-2.0): see SEARCH-LICENSES.txt";

const bundles = [
  { entry: "draw.js", out: "static/third-party/echarts-draw.js", note: "run at build time, embedded in the binary, not published; changed as changes.mjs says", changes },
  { entry: "explore.js", out: "static/third-party/echarts-explore.js", note: "published; loaded on a reader's press" },
  { entry: "words.js", out: "static/third-party/words.js", note: "published as the first part of the search, which is loaded on a reader's press", of: search },
  ...["de", "en", "fr"].map((code) => (
    { entry: `stem-${code}.js`, out: `static/third-party/stem-${code}.js`, note: "published as a part of the search in its language", of: search })),
];
const copies = [
  { from: "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2", out: "static/fonts/source-sans-3-latin-wght-normal.woff2", note: "published" },
  { from: "@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff", out: "static/fonts/source-sans-3-latin-400-normal.woff", note: "for measuring and drawing, embedded, not published" },
  { from: "@fontsource/source-sans-3/files/source-sans-3-latin-600-normal.woff", out: "static/fonts/source-sans-3-latin-600-normal.woff", note: "for measuring and drawing, embedded, not published" },
  { from: "@fontsource-variable/source-sans-3/LICENSE", out: "static/fonts/OFL.txt", note: "licence of the font, published" },
];
const packages = ["echarts", "zrender", "tslib", "minisearch", "@orama/stemmers", "@fontsource-variable/source-sans-3", "@fontsource/source-sans-3", "esbuild"];

async function make(target) {
  const lines = ["# What comes from npm, and what was built from it. Written by make third-party.", ""];
  const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8")).packages;
  lines.push("## Packages (name, version, licence, integrity as published)");
  for (const name of packages) {
    const p = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    const entry = lock["node_modules/" + name];
    if (p.version !== entry.version) throw new Error(`${name}: ${p.version} is installed, ${entry.version} is locked`);
    lines.push([name, p.version, p.license + (name === "esbuild" ? " (builds, is not shipped)" : ""), entry.integrity].join("\t"));
  }
  lines.push("", "## Files (SHA-256, path, what it is)");
  const put = (out, data, note) => {
    const path = join(target, out);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data, { mode: 0o644 });
    lines.push([sha256(data), out, note].join("\t"));
  };
  for (const { entry, out, note, changes = {}, of = charts } of bundles) {
    const result = await build({ entryPoints: [join(here, entry)], absWorkingDir: here, bundle: true, minify: true, write: false,
      format: "iife", target: "es2017", legalComments: "none", define: { "process.env.NODE_ENV": '"production"' }, logLevel: "warning",
      plugins: [changing(changes)],
      banner: { js: `/* ${of}${Object.keys(changes).length ? "; changed for bilanz" : ""} */` } });
    put(out, result.outputFiles[0].contents, note);
  }
  for (const { from, out, note } of copies) put(out, readFileSync(join(modules, from)), note);
  put("static/third-party/ECHARTS-LICENSES.txt", licences(chartLicences()), "licences of ECharts and what it contains, published");
  put("static/third-party/SEARCH-LICENSES.txt", licences(searchLicences), "licences of what the search is made of, published");
  const text = lines.join("\n") + "\n";
  writeFileSync(join(target, "static/third-party/LOCK"), text);
  return lines;
}

// changing is an esbuild plugin that makes the changes on the way into the bundle.
function changing(changes) {
  return { name: "changes", setup(build) {
    const open = new Set(Object.keys(changes));
    build.onLoad({ filter: /\.js$/ }, ({ path }) => {
      const file = relative(modules, path).replaceAll("\\", "/");
      if (!changes[file]) return undefined;
      open.delete(file);
      let contents = readFileSync(path, "utf8");
      for (const [from, to] of changes[file]) {
        if (contents.split(from).length !== 2) throw new Error(`${file}: not once: ${from}`);
        contents = contents.replace(from, () => to);
      }
      return { contents, loader: "js" };
    });
    build.onEnd(() => { if (open.size) throw new Error(`not in the bundle: ${[...open]}`); });
  } };
}

const searchLicences = [["MiniSearch: LICENSE", "minisearch/LICENSE.txt"], ["@orama/stemmers: LICENSE", "@orama/stemmers/LICENSE.md"]];

// chartLicences is every licence text that the contents of the engine come with.
function chartLicences() {
  return [["Apache ECharts: NOTICE", "echarts/NOTICE"], ["Apache ECharts: LICENSE", "echarts/LICENSE"],
    ...readdirSync(join(modules, "echarts/licenses")).sort().map((file) => ["contained in Apache ECharts: " + file, "echarts/licenses/" + file]),
    ["zrender: LICENSE", "zrender/LICENSE"], ["tslib: LICENSE", "tslib/LICENSE.txt"]];
}

// licences joins texts below their titles.
function licences(all) {
  return all.map(([title, path]) => `==== ${title} ====\n\n${readFileSync(join(modules, path), "utf8").replaceAll("\r\n", "\n").trim()}\n`).join("\n");
}

const command = process.argv[2];
if (command === "make") {
  console.log((await make(root)).join("\n"));
} else if (command === "verify") {
  const target = mkdtempSync(join(tmpdir(), "bilanz-third-party-"));
  await make(target);
  let bad = 0;
  const compare = (dir) => {
    for (const name of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, name.name);
      if (name.isDirectory()) { compare(path); continue; }
      const committed = join(root, relative(target, path));
      if (!existsSync(committed) || !readFileSync(committed).equals(readFileSync(path))) {
        console.error(`${relative(root, committed)} is not what npm's packages give`);
        bad++;
      }
    }
  };
  compare(target);
  rmSync(target, { recursive: true });
  if (bad) process.exit(1);
  console.log("static/third-party and static/fonts are what npm's packages give");
} else {
  console.error("usage: node build.mjs make|verify");
  process.exit(2);
}
