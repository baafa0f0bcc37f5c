import { bandOf } from "./bands.js";
import { decodePoints, readData } from "./decode.js";
import { logRange, logTicks, short, shortStep } from "./format.js";
import { onRuns, shownRuns } from "./runs.js";
import { smooth } from "./smooth.js";
import { colourOf, onColours } from "./theme.js";

/** The panels: a mean with a band over seeds, or one curve a run; zoom, smoothing, log scale, read-outs. */
export function startCurves() {
  const data = readData("curves-data");
  if (!data) return;
  const view = {
    runs: shownRuns.data.runs,
    groups: shownRuns.data.groups,
    isSingle: false,
    weight: Number(document.getElementById("smoothing").value),
    isLog: false,
    range: null, // of steps, shared by all panels
    colours: readColours(),
    panels: [],
    zoom: (range) => {
      view.range = range;
      document.getElementById("reset-zoom").disabled = range === null;
      for (const panel of view.panels) panel.showRange();
    },
  };
  const waiting = new Map();
  const open = (element) => {
    waiting.delete(element);
    const { curves, unit } = data.panels[element.dataset.panel];
    view.panels.push(new CurvePanel(element, curves, unit, view));
  };
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      if (waiting.has(target)) open(target);
    }
  }, { rootMargin: "400px" });
  for (const element of document.querySelectorAll(".plot[data-panel]")) {
    waiting.set(element, true);
    seen.observe(element);
  }
  addEventListener("beforeprint", () => [...waiting.keys()].forEach(open));
  onColours(() => {
    view.colours = readColours();
    for (const panel of view.panels) panel.rebuild();
  });
  listen(view);
}

function readColours() {
  return {
    runs: Array.from({ length: 6 }, (_, i) => colourOf(`run-${i}`)),
    soft: Array.from(
      { length: 6 },
      (_, i) => colourOf(`run-${i}`).replace(/^rgb\((.*)\)$/, "rgba($1, 0.16)"),
    ),
    text: colourOf("", "--muted"),
    grid: colourOf("", "--line"),
  };
}

function listen(view) {
  const rebuild = () => view.panels.forEach((panel) => panel.rebuild());
  const smoothing = document.getElementById("smoothing");
  smoothing.addEventListener("input", () => {
    view.weight = Number(smoothing.value);
    smoothing.nextElementSibling.value = view.weight.toFixed(2);
    rebuild();
  });
  document.getElementById("log-scale").addEventListener("change", (event) => {
    view.isLog = event.target.checked;
    rebuild();
  });
  document.getElementById("reset-zoom")
    .addEventListener("click", () => view.zoom(null));
  const single = document.getElementById("single-seeds");
  single?.addEventListener("change", () => {
    view.isSingle = single.checked;
    document.getElementById("band-hint").hidden = single.checked;
    rebuild();
  });
  onRuns(rebuild);
}

/** From here on, curves are thin and what was measured is not drawn behind them. */
const manyCurves = 12;

class CurvePanel {
  constructor(element, curves, unit, view) {
    this.element = element;
    this.unit = unit;
    this.view = view;
    this.curves = curves.map(({ run, points, means }) => ({
      run,
      points: decodePoints(points),
      means: means && decodePoints(means),
    }));
    this.tip = document.createElement("div");
    this.tip.className = "tip";
    this.tip.hidden = true;
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
    element.append(this.tip);
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
        setCursor: [(u) => this.read(u)],
        setSeries: [(u, i) => {
          this.near = i;
          this.read(u);
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

  /** Fills the read-out with each curve's value nearest to the cursor. */
  read(u) {
    const { tip } = this;
    const { left, idx } = u.cursor;
    const isHere = this.element.matches(":hover, :focus");
    if (!isHere || idx === null || idx === undefined || !(left >= 0)) {
      tip.hidden = true;
      return;
    }
    const step = u.data[0][idx];
    const lines = u.series.flatMap((series, i) => {
      if (i === 0 || series.isFaint || series.colour === undefined) return [];
      const at = nearestIndex(u.data[0], u.data[i], step);
      if (at < 0) return [];
      const ends = series.edges?.map((edge) => u.data[edge][at]) ?? null;
      return [{ i, series, value: u.data[i][at], ends }];
    });
    lines.reverse();
    const near = this.near ?? null;
    const most = 8;
    const shown = lines.length <= most
      ? lines
      : near === null
      ? []
      : lines.filter(({ i }) => i === near);
    const parts = [element("div", "tip-step", `step ${step}`)];
    for (const { i, series: { colour, label }, value, ends } of shown) {
      const line = element("div", `tip-line run-${colour}`);
      if (i === near && lines.length > 1) line.classList.add("is-near");
      line.append(
        document.createElement("i"),
        element("b", "", label),
        element(
          "b",
          "",
          short(value) + (this.unit ? ` ${this.unit}` : "") +
            (ends ? ` (${ends.map(short).join(" to ")})` : ""),
        ),
      );
      parts.push(line);
    }
    if (lines.length > most && near === null) {
      parts.push(element("div", "tip-step", "point at a curve"));
    }
    tip.replaceChildren(...parts);
    tip.hidden = false;
    const plotLeft = u.over.offsetLeft + left;
    const room = this.element.clientWidth - plotLeft;
    const isLeft = room < tip.offsetWidth + 14;
    tip.style.left = isLeft ? "auto" : `${plotLeft + 14}px`;
    tip.style.right = isLeft ? `${room + 14}px` : "auto";
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

/** The index of the finite value whose step is nearest to `step`; -1 beyond the curve. */
function nearestIndex(steps, values, step) {
  let best = -1, first = -1, last = -1;
  values.forEach((value, i) => {
    if (value === null || value === undefined) return;
    if (first < 0) first = i;
    last = i;
    if (best < 0 || Math.abs(steps[i] - step) < Math.abs(steps[best] - step)) {
      best = i;
    }
  });
  if (best < 0 || step < steps[first] || step > steps[last]) return -1;
  return best;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
