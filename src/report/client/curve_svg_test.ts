import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { curveSvg } from "./curve_svg.js";
import { ticksBetween } from "./format.js";

const line = (
  label: string,
  changes: Readonly<Record<string, unknown>> = {},
) => ({
  ...{ label, stroke: "#0067b1", width: 2, alpha: 1, dash: [] },
  points: { show: false },
  ...changes,
});

/** A figure from x 0 to 10 and y 0 to 1, whose frame is 636 × 328 at 64, 62. */
const figure = {
  ...{ title: "AP", subtitle: "a <b>", note: "A note.", isLog: false },
  x: { min: 0, max: 10, label: "steps", tick: String },
  y: { min: 0, max: 1, label: "AP" },
  plotted: {
    series: [{}, line("one"), line("faint", { isFaint: true }), line("two")],
    tables: [
      { steps: [0, 5, 10], values: [0, null, 1] },
      { steps: [0], values: [0] },
      { steps: [0, 10], values: [0.5, 0.5] },
    ],
    bands: [{ series: [3, 1], fill: "#eee" }],
    rings: [{ x: 10, y: 1, colour: 0 }, { x: 11, y: 1, colour: 0 }],
  },
  loss: null,
  floors: [0.25, 7],
  colours: { ink: "#111", text: "#555", grid: "#ddd", runs: ["#0067b1"] },
};

const texts = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

Deno.test("curveSvg() says what it shows: title, axes, marks, legend, note", () => {
  deepEqual(texts(curveSvg(figure)), [
    ...["AP", "a &#60;b&#62;"],
    ...["0", "2", "4", "6", "8", "10"],
    ...["0", "0.2", "0.4", "0.6", "0.8", "1"],
    ...["steps", "AP"],
    ...["darkness 0.25", "darkness 7 ↑"],
    ...["two", "one"], // the first one is drawn last
    "A note.",
  ]);
});

Deno.test("curveSvg() draws lines with gaps, bands, and rings within sight", () => {
  const svg = curveSvg(figure);
  match(svg, /d="M64 390M700 62"/); // nothing over the gap
  match(svg, /d="M64 226L700 226L700 62L64 390Z" fill="#eee"/);
  equal(svg.match(/r="6"/g)?.length, 1);
  equal(svg.match(/stroke-dasharray="5 4"/g)?.length, 1); // the floor within
});

Deno.test("curveSvg() of a log scale leaves out what it cannot show", () => {
  const svg = curveSvg({
    ...figure,
    isLog: true,
    y: { min: 0.01, max: 1, label: "AP" },
  });
  match(svg, /d="M700 62"/); // 0 has no place
  doesNotMatch(svg, /NaN|Infinity/);
});

Deno.test("curveSvg() draws the loss behind on an axis of its own", () => {
  const { series, tables } = figure.plotted;
  const behind = line("loss", { isFaint: true, scale: "loss" });
  const plotted = {
    ...figure.plotted,
    series: [...series, behind],
    tables: [...tables, { steps: [0, 10], values: [8, 4] }],
  };
  const svg = curveSvg({ ...figure, plotted, loss: { min: 4, max: 8 } });
  match(svg, /d="M64 62L700 390"/);
  deepEqual(
    texts(svg).slice(16, 22),
    ["4", "5", "6", "7", "8", "training loss"],
  );
});

Deno.test("curveSvg() is XML whatever names hold", () => {
  const svg = curveSvg({ ...figure, title: '<script>&"\u0000\ud800😀' });
  match(svg, />&#60;script&#62;&#38;&#34; \ufffd😀</);
  equal(svg.includes("\0"), false);
});

Deno.test("ticksBetween() are few, round and inside", () => {
  deepEqual(ticksBetween(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  deepEqual(ticksBetween(-3, 1611), [0, 500, 1000, 1500]);
  deepEqual(ticksBetween(0.305, 0.311), [0.306, 0.308, 0.31]);
});
