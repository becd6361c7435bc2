// The live chart in the reader's browser: loaded on the press of "Explore this chart",
// never before. It draws the same option as the picture.
import * as echarts from "echarts/core";
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

// On a canvas: ECharts' SVG renderer writes style attributes, which the page's Content
// Security Policy forbids. Its tooltips do the same, so the page shows its own.
echarts.use([BarChart, LineChart, PieChart, GridComponent, MarkLineComponent, TitleComponent, CanvasRenderer]);

// bilanzExplore(element, option, {width, height, animate}) shows the option (parsed JSON) in
// the element and returns {show, place, close}. Width and height are those of the picture's
// viewBox; show takes another option in its place. place(series, row), as data-series and
// data-index of the picture, is where that mark stands, or null where it is not to be seen.
globalThis.bilanzExplore = function (element, option, { width, height, animate = true }) {
  const chart = echarts.init(element, null, { renderer: "canvas", width, height });
  const show = (option) => {
    const resolved = resolve(option, getComputedStyle(element));
    resolved.animation = animate;
    chart.setOption(resolved, { notMerge: true });
  };
  const place = (series, row) => {
    const model = chart.getModel().getSeries().filter((s) => s.id === "s" + series)[0];
    const data = model && model.getData();
    for (let i = 0; data && i < data.count(); i++) {
      const item = data.getRawDataItem(i);
      if ((item && item.row !== undefined ? item.row : i) !== row) continue;
      const bar = data.getItemLayout(i);
      if (bar && bar.width !== undefined) {
        return { x: Math.min(bar.x, bar.x + bar.width), y: bar.y, width: Math.abs(bar.width), height: bar.height };
      }
      const points = data.getLayout("points");
      const at = points ? [points[2 * i], points[2 * i + 1]] : bar;
      if (!at || !model.coordinateSystem.containPoint(at)) return null;
      return { x: at[0] - 4, y: at[1] - 4, width: 8, height: 8 };
    }
    return null;
  };
  show(option);
  return { show, place, close: () => chart.dispose() };
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
