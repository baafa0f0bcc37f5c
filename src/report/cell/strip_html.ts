/** Room of a strip in pixels; a mark at either end stays inside. */
export const strip = { width: 150, height: 18, edge: 5 };

/** From where to where a strip reaches. */
export type Range = readonly [low: number, high: number];

/** The least range that holds some values, a little wider; never empty. */
export function rangeOf(values: readonly number[]): Range {
  const low = Math.min(...values), high = Math.max(...values);
  const room = (high - low) * 0.04 || Math.abs(high) * 0.05 || 1;
  return [low - room, high + room];
}

/** Values of one thing as dots on a line, and their mean; `name` colours it. */
export function dotsHtml(
  { values, mean, tick, range, name }: {
    readonly values: readonly number[];
    readonly mean: number;
    /** Something to compare with. */
    readonly tick: number | null;
    readonly range: Range;
    readonly name: string;
  },
): string {
  const x = placer(range);
  const hasTick = tick !== null && tick >= range[0] && tick <= range[1];
  return stripHtml(name, [
    `<line class="strip-line" x1="0" x2="${strip.width}" y1="9" y2="9" />`,
    hasTick ? upright("strip-tick", x(tick), [3, 15]) : "",
    ...values.map((value) => dot("strip-dot", x(value), 3.2)),
    upright("strip-mean", x(mean), [2, 16]),
  ]);
}

/** Differences as dots about zero, their mean and its interval; `name` colours it. */
export function forestHtml(
  { each, mean, interval, range, name }: {
    readonly each: readonly number[];
    readonly mean: number;
    /** Cut where it leaves the range, with an arrow. */
    readonly interval: Range | null;
    readonly range: Range;
    readonly name: string;
  },
): string {
  const x = placer(range);
  return stripHtml(name, [
    upright("strip-zero", x(0), [0, strip.height]),
    interval ? intervalHtml(interval, range) : "",
    ...each.map((value) => dot("strip-dot", x(value), 2.6)),
    dot(interval ? "strip-point" : "strip-point is-single", x(mean), 4),
  ]);
}

function intervalHtml(interval: Range, range: Range): string {
  const x = placer(range);
  const low = Math.max(interval[0], range[0]);
  const high = Math.min(interval[1], range[1]);
  const end = (value: number, isCut: boolean, towards: -1 | 1) => {
    const at = Number(x(value));
    return isCut
      ? `M${at - 5 * towards} 5L${at} 9L${at - 5 * towards} 13`
      : `M${at} 5V13`;
  };
  const ends = end(low, interval[0] < range[0], -1) +
    end(high, interval[1] > range[1], 1);
  return `<line class="strip-interval" x1="${x(low)}" x2="${x(high)}" ` +
    `y1="9" y2="9" /><path class="strip-interval" d="${ends}" />`;
}

function upright(
  name: string,
  x: string,
  [top, bottom]: readonly [number, number],
): string {
  return `<line class="${name}" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}" />`;
}

function dot(name: string, x: string, r: number): string {
  return `<circle class="${name}" cx="${x}" cy="9" r="${r}" />`;
}

function stripHtml(name: string, marks: readonly string[]): string {
  const { width, height } = strip;
  return `<svg class="strip ${name}" viewBox="0 0 ${width} ${height}" ` +
    `width="${width}" height="${height}" aria-hidden="true">${
      marks.join("")
    }</svg>`;
}

function placer([low, high]: Range): (value: number) => string {
  const room = strip.width - 2 * strip.edge;
  return (value) =>
    (strip.edge + (value - low) / (high - low) * room).toFixed(1);
}
