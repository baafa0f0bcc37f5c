/** Reads values and zooms by keys; whether the key was one of these. */
export function pressed(event, { plot, view, extent }) {
  const by = { "+": 0.5, "=": 0.5, "-": 2 }[event.key];
  if (event.key === "Escape" || event.key === "0") view.zoom(null);
  else if (by) zoomBy(by, { plot, view, extent });
  else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
    moveTo(plot, event);
  } else return false;
  return true;
}

function moveTo(plot, { key, shiftKey }) {
  const places = plot.data[0];
  if (places.length === 0) return;
  const [from, to] = plot.series[0].idxs ?? [0, places.length - 1];
  const page = shiftKey ? 10 : 1;
  const now = plot.cursor.left >= 0 ? plot.cursor.idx : null;
  const next = {
    ArrowLeft: (now ?? to + 1) - page,
    ArrowRight: (now ?? from - 1) + page,
    Home: from,
    End: to,
  }[key];
  const at = Math.min(to, Math.max(from, next));
  plot.setCursor({
    left: plot.valToPos(places[at], "x"),
    top: plot.over.clientHeight / 2,
  });
}

function zoomBy(factor, { plot, view, extent: [low, high] }) {
  const { min, max } = plot.scales.x;
  if (min === null) return; // not drawn yet
  const at = plot.cursor.left >= 0
    ? plot.posToVal(plot.cursor.left, "x")
    : (min + max) / 2;
  const from = Math.max(low, at - (at - min) * factor);
  const to = Math.min(high, at + (max - at) * factor);
  view.zoom(from <= low && to >= high ? null : [from, to]);
}
