// What Node needs for the pictures of "make bench", which calls this, with the same
// ECharts: node bench.mjs OPTIONS.json [RUNS]. Node is faster from run to run.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const [options, runs = "1"] = process.argv.slice(2);
const engine = readFileSync(new URL("../../../../static/third-party/echarts-draw.js", import.meta.url), "utf8");
const jobs = JSON.parse(readFileSync(options, "utf8"))
  .flatMap((chart) => [chart.wide, chart.narrow])
  .map(({ option, width, height }) => ({ option: JSON.stringify(option), width, height }));
const measure = (text, font) => text.length * 0.52 * (parseFloat(/[\d.]+px/.exec(font)) || 12);

runInThisContext(engine);
for (let run = 0; run < Number(runs); run++) {
  const begin = performance.now();
  for (const job of jobs) {
    if (!globalThis.bilanzDraw(measure, job.option, job.width, job.height).startsWith("<svg")) throw new Error("no picture");
  }
  console.log(`${jobs.length} pictures in ${(performance.now() - begin).toFixed(0)} ms`);
}
