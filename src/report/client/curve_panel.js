import { bandOf } from "./bands.js";
import { decodePoints } from "./decode.js";
import { logRange, logTicks, short, shortStep } from "./format.js";
import { shownRuns } from "./runs.js";
import { smooth } from "./smooth.js";
import { Tip } from "./tip.js";

/** From here on, curves are thin and what was measured is not drawn behind them. */
const manyCurves = 12;

/** A panel: a plot of a metric, its keys and its read-out. */
export class CurvePanel {
  constructor(element, curves, unit, view) {
    this.element = element;
    this.view = view;
    this.curves = curves.map(({ run, points, means }) => ({
      run,
      points: decodePoints(points),
      means: means && decodePoints(means),
    }));
    this.tip = new Tip(element, unit);
    this.rebuild();
    new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width === this.plot.width || width === 0) return;
      requestAnimationFrame(() => this.plot.setSize({ width, height }));
    }).observe(element);
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("blur", () => {
      this.plot?.setCursor({ left: -10, top: -10 });
    });
  }

  rebuild() {
    const { element } = this;
    this.plot?.destroy();
    this.shown = this.curves.filter(({ run }) => !shownRuns.hidden.has(run));
    this.tables = [];
    this.series = [{ label: "step" }];
    this.bands = [];
    const lines = this.lines();
    this.isMany = lines.length > manyCurves;
    for (const line of lines.toReversed()) { // the first one on top
      if (line.curves.length > 1) this.addBand(line);
      else this.addCurve(line);
    }
    if (this.tables.length === 0) {
      this.tables.push({ steps: [], values: [] });
      this.series.push({ show: false });
    }
    const positive = (value) => this.view.isLog && !(value > 0) ? null : value;
    const data = uPlot.join(this.tables.map(({ steps, values }) => [
      steps,
      values.map(positive),
    ]));
    this.plot = new uPlot(this.options(), data, element);
    element.append(this.tip.element);
    this.showRange();
  }

  /** What is drawn as one line: a run, or the seeds of a group. */
  lines() {
    const { runs, groups, isSingle } = this.view;
    const single = (curve) => ({ ...runs[curve.run], curves: [curve] });
    if (isSingle) return this.shown.map(single);
    const byGroup = Map.groupBy(this.shown, ({ run }) => runs[run].group);
    return [...byGroup.entries()].map(([group, all]) => {
      const curves = all.filter(({ run }) => runs[run].counts);
      if (curves.length < 2) return single(curves[0] ?? all[0]);
      const looks = curves.map(({ run }) => runs[run]);
      const isAlike = looks.every(({ dash }) =>
        String(dash) === String(looks[0].dash)
      );
      return {
        ...looks[0],
        dash: isAlike ? looks[0].dash : [],
        label: groups[group],
        curves,
      };
    });
  }

  addCurve(line) {
    const [curve] = line.curves;
    const isSmoothed = this.isSmoothed(curve);
    if (isSmoothed && !this.isMany) {
      this.add(curve.points, this.look(line, { isFaint: true }));
    }
    this.add(
      isSmoothed ? this.smoothed(curve) : curve.points,
      this.look(line, { isFaint: false }),
    );
  }

  addBand(line) {
    const { steps, mean, low, high } = bandOf(
      line.curves.map((curve) =>
        this.isSmoothed(curve) ? this.smoothed(curve) : curve.points
      ),
    );
    const edge = { isFaint: true, width: 0, points: { show: false } };
    this.add({ steps, values: high }, { ...edge });
    this.add({ steps, values: low }, { ...edge });
    const at = this.series.length - 1;
    const fill = this.view.colours.soft[line.colour];
    this.bands.push({ series: [at - 1, at], fill });
    this.add({ steps, values: mean }, {
      ...this.look(line, { isFaint: false }),
      edges: [at, at - 1],
    });
  }

  add(table, series) {
    this.tables.push(table);
    this.series.push(series);
  }

  isSmoothed({ points }) {
    return this.view.weight > 0 && points.steps.length > 40;
  }

  smoothed({ means, points }) {
    return smooth(means ?? points, this.view.weight);
  }

  look({ label, colour, dash, curves: [{ points }] }, { isFaint }) {
    const { colours } = this.view;
    return {
      label,
      colour,
      isFaint,
      stroke: colours.runs[colour],
      alpha: isFaint ? 0.22 : this.isMany ? 0.75 : 1,
      width: isFaint || this.isMany ? 1 : 1.75,
      dash: isFaint ? [] : dash,
      spanGaps: false,
      points: {
        show: !isFaint && points.steps.length <= 40,
        size: points.steps.length === 1 ? 7 : 4,
        fill: colours.runs[colour],
      },
    };
  }

  options() {
    const { view, element, series, bands } = this;
    const axis = {
      stroke: view.colours.text,
      font: "11px " + getComputedStyle(document.body).fontFamily,
      grid: { stroke: view.colours.grid, width: 1 },
      ticks: { show: false },
    };
    return {
      width: element.clientWidth,
      height: element.clientHeight,
      legend: { show: false },
      padding: [8, 18, 0, 0],
      scales: {
        x: { time: false },
        y: view.isLog
          ? { distr: 3, range: (_, low, high) => logRange(low, high) }
          : { range: yRange },
      },
      axes: [
        {
          ...axis,
          size: 26,
          gap: 4,
          space: 60,
          values: (_, at) => at.map(stepTick),
        },
        {
          ...axis,
          ...(view.isLog && {
            splits: (_, _axis, min, max) => logTicks(min, max),
            filter: (_, ticks) => ticks,
          }),
          gap: 4,
          size: (_, values) =>
            Math.max(
              34,
              ...(values ?? []).map((v) => (v ?? "").length * 6.2 + 10),
            ),
          values: (_, at) => at.map((v) => (v === null ? "" : short(v))),
        },
      ],
      series,
      bands,
      focus: { alpha: this.shown.length > 1 ? 0.35 : 1 },
      cursor: {
        sync: { key: "steps", setSeries: false, scales: ["x", null] },
        drag: { x: true, y: false, setScale: false },
        focus: { prox: 24 },
        points: { size: 7 },
        bind: {
          dblclick: () => () => {
            view.zoom(null);
            return null;
          },
        },
      },
      hooks: {
        setSelect: [(u) => this.selected(u)],
        setCursor: [(u) => this.tip.read(u)],
        setSeries: [(u, i) => {
          this.tip.near = i;
          this.tip.read(u);
        }],
      },
    };
  }

  selected(u) {
    const { left, width } = u.select;
    if (width < 4) return;
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.view.zoom([u.posToVal(left, "x"), u.posToVal(left + width, "x")]);
  }

  showRange() {
    const [low, high] = this.view.range ?? this.extent();
    this.plot.setScale(
      "x",
      low < high ? { min: low, max: high } : { min: low - 1, max: low + 1 },
    );
  }

  extent() {
    const ends = this.shown.flatMap(({ points: { steps } }) => [
      steps[0],
      steps.at(-1),
    ]);
    return ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
  }

  key(event) {
    const { plot: u, view } = this;
    const steps = u.data[0];
    if (event.key === "Escape" || event.key === "0") view.zoom(null);
    else if (event.key === "+" || event.key === "-") {
      this.zoomBy(event.key === "+" ? 0.5 : 2);
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      const [from, to] = u.series[0].idxs ?? [0, steps.length - 1];
      const page = event.shiftKey ? 10 : 1;
      const now = u.cursor.left >= 0 ? u.cursor.idx : null;
      const next = {
        ArrowLeft: (now ?? to + 1) - page,
        ArrowRight: (now ?? from - 1) + page,
        Home: from,
        End: to,
      }[event.key];
      const at = Math.min(to, Math.max(from, next));
      if (steps.length > 0) {
        u.setCursor({
          left: u.valToPos(steps[at], "x"),
          top: u.over.clientHeight / 2,
        });
      }
    } else return;
    event.preventDefault();
  }

  zoomBy(factor) {
    const { min, max } = this.plot.scales.x;
    if (min === null) return; // not drawn yet
    const at = this.plot.cursor.left >= 0
      ? this.plot.posToVal(this.plot.cursor.left, "x")
      : (min + max) / 2;
    const [low, high] = this.extent();
    const from = Math.max(low, at - (at - min) * factor);
    const to = Math.min(high, at + (max - at) * factor);
    this.view.zoom(from <= low && to >= high ? null : [from, to]);
  }
}

/** Room above and below; a flat curve lies in the middle. */
function yRange(_, low, high) {
  if (low === null || low === undefined) return [0, 1];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  const isShare = low >= 0 && high <= 1;
  return [
    low >= 0 ? Math.max(0, low - room) : low - room,
    isShare ? Math.min(1.02, high + room) : high + room,
  ];
}

function stepTick(step) {
  return Number.isInteger(step) ? shortStep(step) : "";
}
