/** Series of points that were measured since the page was made, by panel. */
const since = new Map();

/** Has the curves of a page with one run grow; `view` is what `startCurves` returns. */
export function followCurves(view) {
  view.onOpen = (panel) => {
    for (const series of since.get(keyOf(panel.panel)) ?? []) {
      grow(panel, series);
    }
  };
}

/** Takes points that are new. */
export function takePoints(view, allSeries) {
  for (const series of allSeries) {
    const key = keyOf({ name: series.name, splits: [series.split] });
    since.set(key, [...since.get(key) ?? [], series]);
    for (const panel of view.panels) {
      if (keyOf(panel.panel) === key) grow(panel, series);
    }
  }
}

/** Adds those points to the curve of their split that lie behind its last one. */
function grow(panel, { split, steps, values }) {
  const { splits } = panel.panel;
  const isTraining = splits.length > 1 && split === "train";
  const curve = panel.curves.find((one) =>
    (one.isTraining ?? false) === isTraining
  );
  const last = curve.points.steps.at(-1) ?? -1;
  const from = steps.findIndex((step) => step > last);
  if (from < 0) return;
  panel.append(curve, { steps: steps.slice(from), values: values.slice(from) });
}

/** A panel of tests stands apart, one of training beside validation. */
function keyOf({ name, splits }) {
  return `${splits.includes("test")} ${name}`;
}
