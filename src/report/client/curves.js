import { decodePoints, readData } from "./decode.js";
import { logRange, logTicks, short, shortStep } from "./format.js";
import { smooth } from "./smooth.js";
import { colourOf, onColours } from "./theme.js";

/** The panels with one curve a run: zoom, smoothing, log scale, read-outs. */
export function startCurves() {
  const data = readData("curves-data");
  if (!data) return;
  const view = {
    runs: data.runs,
    hidden: new Set(),
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
  const boxes = [
    ...document.querySelectorAll("#curve-controls input[data-run]"),
  ];
  const show = () => {
    view.hidden = new Set(
      boxes.filter((box) => !box.checked).map((box) => Number(box.dataset.run)),
    );
    for (const part of document.querySelectorAll("g[data-run], tr[data-run]")) {
      part.classList.toggle(
        "is-off",
        view.hidden.has(Number(part.dataset.run)),
      );
    }
    rebuild();
  };
  for (const box of boxes) box.addEventListener("change", show);
  const best = [...document.querySelectorAll("table.scores tr[data-run]")]
    .slice(0, 8).map((row) => row.dataset.run);
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      const which = button.dataset.show;
      for (const box of boxes) {
        box.checked = which === "all" ||
          (which === "best" && best.includes(box.dataset.run));
      }
      show();
    });
  }
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
    const { element, view } = this;
    this.plot?.destroy();
    this.shown = this.curves.filter(({ run }) => !view.hidden.has(run));
    const tables = [], series = [{ label: "step" }];
    for (const curve of this.shown.toReversed()) { // the first run on top
      const isSmoothed = view.weight > 0 && curve.points.steps.length > 40;
      if (isSmoothed && this.shown.length <= manyCurves) {
        tables.push(curve.points);
        series.push(this.series(curve, { isFaint: true }));
      }
      tables.push(
        isSmoothed
          ? smooth(curve.means ?? curve.points, view.weight)
          : curve.points,
      );
      series.push(this.series(curve, { isFaint: false }));
    }
    if (tables.length === 0) {
      tables.push({ steps: [], values: [] });
      series.push({ show: false });
    }
    const positive = (value) => view.isLog && !(value > 0) ? null : value;
    const data = uPlot.join(tables.map(({ steps, values }) => [
      steps,
      values.map(positive),
    ]));
    this.plot = new uPlot(this.options(series), data, element);
    element.append(this.tip);
    this.showRange();
  }

  series({ run, points }, { isFaint }) {
    const { view } = this;
    const { colour, dash, label } = view.runs[run];
    const isMany = this.shown.length > manyCurves;
    return {
      label,
      run,
      isFaint,
      stroke: view.colours.runs[colour],
      alpha: isFaint ? 0.22 : isMany ? 0.75 : 1,
      width: isFaint || isMany ? 1 : 1.75,
      dash: isFaint ? [] : dash,
      spanGaps: false,
      points: {
        show: !isFaint && points.steps.length <= 40,
        size: points.steps.length === 1 ? 7 : 4,
        fill: view.colours.runs[colour],
      },
    };
  }

  options(series) {
    const { view, element } = this;
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
    const { tip, view } = this;
    const { left, idx } = u.cursor;
    const isHere = this.element.matches(":hover, :focus");
    if (!isHere || idx === null || idx === undefined || !(left >= 0)) {
      tip.hidden = true;
      return;
    }
    const step = u.data[0][idx];
    const lines = u.series.flatMap((series, i) => {
      if (i === 0 || series.isFaint || series.run === undefined) return [];
      const at = nearestIndex(u.data[0], u.data[i], step);
      return at < 0 ? [] : [{ i, run: series.run, value: u.data[i][at] }];
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
    for (const { i, run, value } of shown) {
      const { colour, label } = view.runs[run];
      const line = element("div", `tip-line run-${colour}`);
      if (i === near && lines.length > 1) line.classList.add("is-near");
      line.append(
        document.createElement("i"),
        element("b", "", label),
        element("b", "", short(value) + (this.unit ? ` ${this.unit}` : "")),
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
