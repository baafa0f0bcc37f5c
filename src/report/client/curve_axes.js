import { logRange, logTicks, short } from "./format.js";

/** The scales and axes of a panel, as uPlot takes them; the floors come into its range. */
export function axesOf({ view, floors, font }) {
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
  return {
    scales: {
      x: { time: false },
      y: view.isLog
        ? {
          distr: 3,
          range: (_, low, high) => logRange(...withFloors([low, high], floors)),
        }
        : {
          range: (_, low, high) => yRange(...withFloors([low, high], floors)),
        },
    },
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
      {
        ...axis,
        ...log,
        size: (_, values) =>
          Math.max(
            34,
            ...(values ?? []).map((v) => (v ?? "").length * 6.2 + 10),
          ),
        values: (_, at) => at.map((v) => (v === null ? "" : short(v))),
      },
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
