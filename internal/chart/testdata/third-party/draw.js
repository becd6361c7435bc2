// The engine of the static picture: what goja runs at build time. Three forms of
// chart, one coordinate system, marks at breaks, a title for keys, and no more.
import * as echarts from "echarts/core";
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, PieChart, GridComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

// draw returns the raw SVG of an option given as JSON. measure(text, font) is the
// width of a text in the font that the site ships.
globalThis.bilanzDraw = function (measure, option, width, height) {
  echarts.setPlatformAPI({ measureText: (text, font) => ({ width: measure(text, font || "") }) });
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(JSON.parse(option));
    // What the public renderToSVGString does, without style sheets for hovering.
    return chart.getZr().painter.renderToString({ cssAnimation: false, cssEmphasis: false });
  } finally {
    chart.dispose();
  }
};
