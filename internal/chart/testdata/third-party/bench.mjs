// What Node needs for the pictures that the Go benchmark draws, with the same engine:
//   BILANZ_OPTIONS=/tmp/options.json go test -run OptionsForNode ./internal/chart
//   node internal/chart/testdata/third-party/bench.mjs /tmp/options.json
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const engine = readFileSync(new URL("../../../../static/third-party/echarts-draw.js", import.meta.url), "utf8");
const jobs = JSON.parse(readFileSync(process.argv[2], "utf8")).map((j) => ({ ...j, Option: JSON.stringify(j.Option) }));
const measure = (text, font) => text.length * 0.52 * (parseFloat(/[\d.]+px/.exec(font)) || 12);

const now = () => Number(process.hrtime.bigint()) / 1e6;
const started = now();
runInThisContext(engine);
const loaded = now();
const draw = () => { for (const j of jobs) globalThis.bilanzDraw(measure, j.Option, j.Width, j.Height); };
const runs = [];
for (let i = 0; i < 6; i++) { const t = now(); draw(); runs.push(now() - t); }
console.log(`load ${(loaded - started).toFixed(0)} ms; ${jobs.length} pictures: first run ${runs[0].toFixed(0)} ms, then ${runs.slice(1).map((r) => r.toFixed(0)).join(", ")} ms`);
