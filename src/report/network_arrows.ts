/** The place of a stop's box in a drawing, and the stops whose features it takes. */
export interface Placed {
  /** Its name. */
  readonly name: string;
  /** The names of those that it takes from. */
  readonly from: readonly string[];
  /** The left edge. */
  readonly x: number;
  /** The upper edge. */
  readonly y: number;
}

/** An arrow as SVG draws it. */
export interface Arrow {
  /** The path. */
  readonly d: string;
  /** Whether it passes over others of its row. */
  readonly isSkip: boolean;
}

/** How large a box is. */
export const box = { width: 206, height: 76 };

/** What is free between boxes. */
export const gap = { x: 44, y: 46 };

/** How far right of a box's middle arrows leave and arrive, clear of each other. */
const aside = { up: 24, arrival: 48, departure: 72 };

/** How far above a row skips lie, and how far apart where they would be one line. */
const lift = { middle: gap.y * 0.62, between: 8, room: 20 };

interface Way {
  readonly from: Placed;
  readonly to: Placed;
}

/** An arrow for each source of each stop, in their order. */
export function arrowsOf(stops: readonly Placed[]): readonly Arrow[] {
  const byName = new Map(stops.map((stop) => [stop.name, stop]));
  const ways = stops.flatMap((to) =>
    to.from.map((name): Way => ({ from: byName.get(name)!, to }))
  );
  const lifts = liftsOf(ways.filter(isSkip));
  return ways.map((way) =>
    isSkip(way)
      ? { d: skipPath(way, lifts.get(way.from)!), isSkip: true }
      : { d: flowPath(way, stops), isSkip: false }
  );
}

function isSkip({ from, to }: Way): boolean {
  return from.y === to.y && to.x - from.x > box.width + gap.x;
}

/** How far above its row each source's skips lie: those of one are one line, and no other's. */
function liftsOf(skips: readonly Way[]): ReadonlyMap<Placed, number> {
  const lifts = new Map<Placed, number>();
  for (const row of Map.groupBy(skips, ({ from }) => from.y).values()) {
    const sources = [...Map.groupBy(row, ({ from }) => from)]
      .toSorted(([a], [b]) => b.x - a.x);
    const lanes = new Map<Placed, number>();
    for (const [from, ways] of sources) {
      const end = Math.max(...ways.map(({ to }) => to.x));
      const taken = [...lanes].filter(([other]) => other.x < end)
        .map(([, lane]) => lane);
      let lane = 0;
      while (taken.includes(lane)) lane++;
      lanes.set(from, lane);
    }
    const most = Math.max(...lanes.values());
    const between = Math.min(lift.between, lift.room / most);
    for (const [from, lane] of lanes) {
      lifts.set(from, lift.middle + (lane - most / 2) * between);
    }
  }
  return lifts;
}

/** Up, over to the right, and down again. */
function skipPath({ from, to }: Way, above: number): string {
  const [x0, x1] = [
    middleOf(from).x + aside.departure,
    middleOf(to).x + aside.arrival,
  ];
  const bend = gap.x / 2, top = from.y - above;
  return `M${x0} ${from.y}C${x0} ${top} ${x0} ${top} ${x0 + bend} ${top}` +
    `H${x1 - bend}C${x1} ${top} ${x1} ${top} ${x1} ${to.y - 1}`;
}

/** To the next box of the row, or to another row, around what stands between. */
function flowPath({ from, to }: Way, stops: readonly Placed[]): string {
  const [a, b] = [middleOf(from), middleOf(to)];
  const right = from.x + box.width;
  if (a.y === b.y) return `M${right} ${a.y}H${to.x - 1}`;
  if (b.y > a.y) return bow([a.x, from.y + box.height], [b.x, to.y - 1]);
  const bottom = to.y + box.height + 1;
  const isBlocked = stops.some(({ x, y }) =>
    y === from.y && x > from.x && x <= to.x
  );
  if (right <= b.x && !isBlocked) {
    return `M${right} ${a.y}C${b.x} ${a.y} ${b.x} ${a.y} ${b.x} ${bottom}`;
  }
  const leaves = right <= b.x ? a.x + aside.up : a.x;
  // What comes from the right keeps clear of what goes down between the two.
  const arrives = from.x > to.x ? b.x + aside.arrival : b.x;
  return bow([leaves, from.y], [arrives, bottom]);
}

type Point = readonly [x: number, y: number];

/** From row to row, upright at both ends. */
function bow([x0, y0]: Point, [x1, y1]: Point): string {
  const bend = (y0 + y1) / 2;
  return `M${x0} ${y0}C${x0} ${bend} ${x1} ${bend} ${x1} ${y1}`;
}

function middleOf(
  { x, y }: Placed,
): { readonly x: number; readonly y: number } {
  return { x: x + box.width / 2, y: y + box.height / 2 };
}
