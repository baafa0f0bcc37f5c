import { Abscissa } from "./abscissa.js";
import { keepInAddress } from "./address.js";
import { curveColours } from "./curve_colours.js";
import { CurvePanel } from "./curve_panel.js";
import { curvesOf, readData } from "./decode.js";
import { onRuns, shownRuns } from "./runs.js";
import { smoothingWords } from "./smooth.js";
import { onColours } from "./theme.js";

/**
 * The panels of curves, and what all of them obey: zoom, smoothing, scales, single
 * seeds. Returns that, and null of a page without curves.
 */
export function startCurves() {
  const data = readData("curves-data");
  if (!data) return null;
  const view = {
    runs: shownRuns.data.runs,
    groups: shownRuns.data.groups,
    isSingle: false,
    weight: Number(document.getElementById("smoothing").value),
    isLog: false,
    hasLoss: false, // of training, behind curves of validation
    loss: lossOf(data),
    clocks: data.clocks,
    abscissa: new Abscissa("steps", data.clocks),
    range: null, // of what curves are drawn against, shared by all panels
    colours: curveColours(),
    panels: [],
    onOpen: () => {},
    zoom: (range) => {
      view.range = range;
      document.getElementById("reset-zoom").disabled = range === null;
      for (const panel of view.panels) panel.showRange();
    },
  };
  const waiting = new Map();
  const open = (element) => {
    waiting.delete(element);
    const panel = data.panels[element.dataset.panel];
    const opened = new CurvePanel(element, panel, view);
    view.panels.push(opened);
    view.onOpen(opened);
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
    view.colours = curveColours();
    for (const panel of view.panels) panel.rebuild();
  });
  listen(view);
  keepInAddress("curve-range", {
    read: () =>
      view.range?.map((end) => Number(end.toPrecision(6))).join(" ") ?? "",
    write(text) {
      const range = text.split(" ").map(Number);
      view.zoom(range[0] < range[1] ? range : null);
    },
  });
  return view;
}

function listen(view) {
  const rebuild = () => view.panels.forEach((panel) => panel.rebuild());
  const smoothing = document.getElementById("smoothing");
  smoothing.addEventListener("input", () => {
    view.weight = Number(smoothing.value);
    smoothing.nextElementSibling.value = smoothingWords(view.weight);
    rebuild();
  });
  for (const radio of document.querySelectorAll("[name=abscissa]")) {
    radio.addEventListener("change", () => {
      view.abscissa = new Abscissa(radio.value, view.clocks);
      view.range = null;
      document.getElementById("reset-zoom").disabled = true;
      sayUnplaced(view);
      rebuild();
    });
  }
  document.getElementById("log-scale").addEventListener("change", (event) => {
    view.isLog = event.target.checked;
    rebuild();
  });
  const loss = document.getElementById("loss-behind");
  loss?.addEventListener("change", () => {
    view.hasLoss = loss.checked;
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

/** The curves of the loss in training, if there are any. */
function lossOf({ panels }) {
  const panel = panels.find(({ isLoss }) => isLoss);
  if (!panel) return [];
  const isMixed = panel.splits.length > 1;
  return curvesOf(panel).filter(({ isTraining }) => isTraining || !isMixed)
    .map((curve) => ({ ...curve, isTraining: true }));
}

/** Says of how many runs it is not known where they were. */
function sayUnplaced({ runs, abscissa }) {
  const unknown = runs.filter((_, i) => !abscissa.isKnown(i));
  const who = unknown.length === 1
    ? `${unknown[0].label} is`
    : `${unknown.length} runs are`;
  document.getElementById("unplaced").textContent = unknown.length === 0
    ? ""
    : ` ${who} not drawn: their ${abscissa.kind} are not on record.`;
}
