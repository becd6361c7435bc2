// The live chart in the reader's browser: loaded on the press of "Explore this chart",
// never before. It draws the same option as the picture.
import * as echarts from "echarts/core";
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

// On a canvas: ECharts' SVG renderer writes style attributes, which the page's Content
// Security Policy forbids. Its tooltips do the same, so the page shows its own.
echarts.use([BarChart, LineChart, PieChart, GridComponent, MarkLineComponent, TitleComponent, CanvasRenderer]);

// bilanzExplore(element, option, {width, height, animate, onMark}) shows the option
// (parsed JSON) in the element and returns {close}. Width and height are those of the
// picture's viewBox. onMark gets {series, row, x, y}, the first two as data-series and
// data-index of the picture, or null. There is no zoom: notes and dates have their places.
globalThis.bilanzExplore = function (element, option, { width, height, animate = true, onMark = () => {} }) {
  const style = getComputedStyle(element);
  const resolved = resolve(option, style);
  resolved.animation = animate;
  const chart = echarts.init(element, null, { renderer: "canvas", width, height });
  chart.setOption(resolved);
  chart.on("mouseover", (p) => {
    const series = /^s(\d+)$/.exec(p.seriesId || "");
    if (!series || p.componentType !== "series") return;
    const row = p.data && p.data.row !== undefined ? p.data.row : p.dataIndex;
    onMark({ series: Number(series[1]), row, x: p.event.offsetX, y: p.event.offsetY });
  });
  chart.on("mouseout", () => onMark(null));
  return { close: () => chart.dispose() };
};

// resolve puts the page's own colours and font where the option names CSS variables: a
// canvas knows none. Only whole values are replaced, so no label is touched.
function resolve(value, style) {
  if (Array.isArray(value)) return value.map((v) => resolve(v, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === "fontFamily" ? style.fontFamily : k === "color" || k.endsWith("Color") ? color(v, style) : resolve(v, style)]));
  }
  return value;
}

function color(value, style) {
  if (Array.isArray(value)) return value.map((v) => color(v, style));
  const name = /^var\((--[\w-]+)\)$/.exec(value);
  return name ? style.getPropertyValue(name[1]).trim() : value;
}
