import { logRange, logTicks, short } from "./format.js";

/**
 * The scales and axes of a panel, as uPlot takes them; the floors come into its
 * range. Behind it, the loss has an axis of its own on the right.
 */
export function axesOf({ view, floors, font, hasLoss }) {
  const axis = {
    stroke: view.colours.text,
    font,
    grid: { stroke: view.colours.grid, width: 1 },
    ticks: { show: false },
    gap: 4,
  };
  const log = view.isLog && {
    splits: (_, _axis, min, max) => logTicks(min, max),
    filter: (_, ticks) => ticks,
  };
  const scale = (floors) => {
    const range = view.isLog ? logRange : yRange;
    return {
      distr: view.isLog ? 3 : 1,
      range: (_, low, high) => range(...withFloors([low, high], floors)),
    };
  };
  const values = {
    ...axis,
    ...log,
    size: (_, texts) =>
      Math.max(34, ...(texts ?? []).map((v) => (v ?? "").length * 6.2 + 10)),
    values: (_, at) => at.map((v) => (v === null ? "" : short(v))),
  };
  const loss = {
    ...values,
    ...{ side: 1, scale: "loss", grid: { show: false } },
    ...{ label: "training loss", labelFont: font, labelSize: 14, labelGap: 0 },
  };
  return {
    padding: [8, hasLoss ? 0 : 18, 0, 0],
    scales: { x: { time: false }, y: scale(floors), loss: scale([]) },
    axes: [
      {
        ...axis,
        size: 22,
        space: 60,
        label: view.abscissa.label,
        labelFont: font,
        labelSize: 15,
        labelGap: 0,
        values: (_, at) => at.map((x) => view.abscissa.tick(x)),
      },
      values,
      ...hasLoss ? [loss] : [],
    ],
  };
}

/** A range with the floors that do not make it more than twice as large. */
export function withFloors([low, high], floors) {
  if (low === null || low === undefined) return [low, high];
  const size = (high - low) || Math.abs(high) || 1;
  const near = floors.filter((floor) =>
    Math.max(high, floor) - Math.min(low, floor) <= 2 * size
  );
  return [Math.min(low, ...near), Math.max(high, ...near)];
}

/** Room above and below; a flat curve lies in the middle. */
function yRange(low, high) {
  if (low === null || low === undefined) return [0, 1];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  const isShare = low >= 0 && high <= 1;
  return [
    low >= 0 ? Math.max(0, low - room) : low - room,
    isShare ? Math.min(1.02, high + room) : high + room,
  ];
}
