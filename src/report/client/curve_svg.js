import { floorsSeen } from "./curve_marks.js";
import { logTicks, short, ticksBetween } from "./format.js";
import { svgTag, svgText } from "./svg.js";

const paper = { width: 720, height: 456 }; // without the legend
const frame = { left: 64, right: 700, top: 62, bottom: 390 };
const keyHeight = 18, letterWidth = 6.6; // of 12 pixels, generously

/**
 * A panel as an SVG file that stands by itself, on white: title, axes, lines with
 * bands, marks, legend and a note. `x` and `y` have a range and a label, `x` says
 * its ticks; `plotted` has the tables, series, bands and rings of `CurveLines`.
 */
export function curveSvg(figure) {
  const { title, subtitle, note, plotted, colours } = figure;
  const places = placesOf(figure);
  const legend = legendOf(plotted.series);
  const tall = legend.bottom + 26;
  const width = paper.width + (figure.loss ? 50 : 0);
  const head = { x: frame.left };
  const clip = { x: frame.left, y: frame.top, ...sizeOf(frame) };
  const loss = figure.loss && placesOf({ ...figure, y: figure.loss });
  const lines = plotted.series.slice(1).flatMap((series, i) =>
    series.stroke
      ? linePath(series, {
        table: plotted.tables[i],
        places: series.scale === "loss" ? loss : places,
      })
      : []
  );
  return svgTag("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    ...{ width, height: tall, viewBox: `0 0 ${width} ${tall}` },
    "font-family": "Inter, Helvetica, Arial, sans-serif",
    ...{ "font-size": 12, fill: colours.ink },
    inside: [
      svgTag("rect", { width: "100%", height: "100%", fill: "#fff" }),
      svgText(title, { ...head, y: 26, "font-size": 17, "font-weight": 600 }),
      svgText(subtitle, { ...head, y: 46, fill: colours.text }),
      ...axes(figure, places),
      ...figure.loss ? lossAxis(figure, loss) : [],
      svgTag("clipPath", { id: "inside", inside: [svgTag("rect", clip)] }),
      svgTag("g", {
        ...{ "clip-path": "url(#inside)", fill: "none" },
        "stroke-linejoin": "round",
        inside: [
          ...plotted.bands.map((band) => bandPath(band, { plotted, places })),
          ...lines,
        ],
      }),
      ...marks(figure, places),
      ...legend.keys,
      svgText(note, {
        ...head,
        y: tall - 10,
        "font-size": 10,
        fill: colours.text,
      }),
    ],
  });
}

/** From values to pixels, along both axes. */
function placesOf({ x, y, isLog }) {
  const scale = isLog ? Math.log10 : (value) => value;
  const [low, high] = [scale(y.min), scale(y.max)];
  const { left, right, top, bottom } = frame;
  const round = (pixels) => Math.round(pixels * 10) / 10;
  return {
    x: (at) => round(left + (at - x.min) / (x.max - x.min) * (right - left)),
    y: (value) =>
      round(bottom - (scale(value) - low) / (high - low) * (bottom - top)),
  };
}

function ticksOf({ min, max }, isLog) {
  return isLog ? logTicks(min, max) : ticksBetween(min, max);
}

/** The scale of the loss, on the right. */
function lossAxis({ loss, isLog, colours }, places) {
  const { right, top, bottom } = frame;
  const turned = `translate(752 ${(top + bottom) / 2}) rotate(-90)`;
  return [
    ...ticksOf(loss, isLog).map((tick) =>
      svgText(short(tick), {
        ...{ x: right + 8, y: places.y(tick), dy: ".35em" },
        fill: colours.text,
      })
    ),
    svgText("training loss", { transform: turned, "text-anchor": "middle" }),
  ];
}

function axes({ x, y, isLog, colours }, places) {
  const { left, right, top, bottom } = frame;
  const line = (d) => svgTag("path", { d, stroke: colours.grid });
  const muted = { fill: colours.text };
  const columns = ticksBetween(x.min, x.max).flatMap((tick) => {
    const at = places.x(tick);
    const middle = { ...muted, "text-anchor": "middle" };
    return [
      line(`M${at} ${top}V${bottom}`),
      svgText(x.tick(tick), { x: at, y: bottom + 18, ...middle }),
    ];
  });
  const rows = ticksOf(y, isLog).flatMap((tick) => {
    const at = places.y(tick);
    const end = { ...muted, "text-anchor": "end", dy: ".35em" };
    return [
      line(`M${left} ${at}H${right}`),
      svgText(short(tick), { x: left - 8, y: at, ...end }),
    ];
  });
  const middle = { "text-anchor": "middle" };
  const turned = `translate(18 ${(top + bottom) / 2}) rotate(-90)`;
  return [
    ...columns,
    ...rows,
    svgText(x.label, { x: (left + right) / 2, y: bottom + 38, ...middle }),
    svgText(y.label, { transform: turned, ...middle }),
  ];
}

/** Where points lie; null where they are not drawn. */
function pointsOf({ steps, values }, places) {
  return values.map((value, i) => {
    const y = value === null ? NaN : places.y(value);
    return Number.isFinite(y) ? [places.x(steps[i]), y] : null;
  });
}

function linePath(series, { table, places }) {
  const { stroke, width, alpha, dash, points } = series;
  const drawn = pointsOf(table, places);
  const d = drawn.map((point, i) =>
    point ? `${drawn[i - 1] ? "L" : "M"}${point.join(" ")}` : ""
  ).join("");
  const line = svgTag("path", {
    ...{ d, stroke, "stroke-width": width, opacity: alpha },
    "stroke-dasharray": dashText(dash),
  });
  const dots = (points.show ? drawn : []).flatMap((point) => {
    if (!point) return [];
    const [cx, cy] = point;
    return svgTag("circle", { cx, cy, r: points.size / 2, fill: stroke });
  });
  return [line, ...dots].join("");
}

function dashText(dash) {
  return dash?.length > 0 ? dash.join(" ") : "none";
}

function bandPath({ series, fill }, { plotted: { tables }, places }) {
  const [high, low] = series.map((i) =>
    pointsOf(tables[i - 1], places).filter((point) => point !== null)
  );
  const edge = [...high, ...low.reverse()].map((point) => point.join(" "));
  return svgTag("path", { d: `M${edge.join("L")}Z`, fill });
}

function marks({ x, y, floors, plotted, colours }, places) {
  const { left, right } = frame;
  const lines = floorsSeen(y, floors).flatMap(({ value, isLine, text }) => {
    const at = places.y(value);
    const isHigh = at - frame.top < 16;
    return [
      isLine
        ? svgTag("path", {
          d: `M${left} ${at}H${right}`,
          stroke: colours.text,
          "stroke-dasharray": "5 4",
        })
        : "",
      svgText(text, {
        ...{ x: right - 4, y: isHigh ? at + 14 : at - 4 },
        ...{ fill: colours.text, "font-size": 11, "text-anchor": "end" },
        ...{ stroke: "#fff", "stroke-width": 3, "paint-order": "stroke" },
      }),
    ];
  });
  const rings = plotted.rings
    .filter((ring) => ring.x >= x.min && ring.x <= x.max)
    .map((ring) =>
      svgTag("circle", {
        ...{ cx: places.x(ring.x), cy: places.y(ring.y), r: 6, fill: "none" },
        ...{ stroke: colours.runs[ring.colour], "stroke-width": 1.75 },
      })
    );
  return [...lines, ...rings];
}

/** The name of each line beside a piece of it, in as many columns as fit. */
function legendOf(series) {
  const named = series.filter(({ label, stroke, isFaint }) =>
    label && stroke && !isFaint
  ).toReversed(); // the first one is drawn last
  const longest = Math.max(0, ...named.map(({ label }) => label.length));
  const columnWidth = 40 + longest * letterWidth;
  const columns = Math.max(
    1,
    Math.floor((frame.right - frame.left) / columnWidth),
  );
  const keys = named.map(({ label, stroke, width, dash }, i) => {
    const x = Math.round(frame.left + i % columns * columnWidth);
    const y = paper.height + Math.floor(i / columns) * keyHeight;
    return svgTag("path", {
      ...{ d: `M${x} ${y - 4}h24`, stroke, "stroke-width": Math.max(2, width) },
      "stroke-dasharray": dashText(dash),
    }) + svgText(label, { x: x + 31, y });
  });
  const rows = Math.ceil(named.length / columns);
  return { keys, bottom: paper.height + rows * keyHeight };
}

function sizeOf({ left, right, top, bottom }) {
  return { width: right - left, height: bottom - top };
}
