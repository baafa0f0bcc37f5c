import { keepInAddress } from "./address.js";
import { CurvePanel } from "./curve_panel.js";
import { readData } from "./decode.js";
import { onRuns, shownRuns } from "./runs.js";
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
  keepInAddress("steps", {
    read: () => view.range?.map(Math.round).join(" ") ?? "",
    write(text) {
      const range = text.split(" ").map(Number);
      view.zoom(range[0] < range[1] ? range : null);
    },
  });
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
