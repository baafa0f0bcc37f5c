import type { ComponentChildren, VNode } from "preact";

/** Room of a strip in pixels; a mark at either end stays inside. */
const width = 150, height = 18, edge = 5;

/** From where to where a strip reaches. */
export type Range = readonly [low: number, high: number];

/** The least range that holds some values, a little wider; never empty. */
export function rangeOf(values: readonly number[]): Range {
  const low = Math.min(...values), high = Math.max(...values);
  const room = (high - low) * 0.04 || Math.abs(high) * 0.05 || 1;
  return [low - room, high + room];
}

/** Values of one thing as dots on a line, and their mean; `class` colours it. */
export function Dots(
  { values, mean, tick, range, class: className }: {
    values: readonly number[];
    mean: number;
    /** Something to compare with. */
    tick: number | null;
    range: Range;
    class: string;
  },
): VNode {
  const x = placer(range);
  return (
    <Strip class={className}>
      <line class="strip-line" x1={0} x2={width} y1={9} y2={9} />
      {tick !== null && tick >= range[0] && tick <= range[1] && (
        <line class="strip-tick" x1={x(tick)} x2={x(tick)} y1={3} y2={15} />
      )}
      {values.map((value) => (
        <circle class="strip-dot" cx={x(value)} cy={9} r={3.2} />
      ))}
      <line class="strip-mean" x1={x(mean)} x2={x(mean)} y1={2} y2={16} />
    </Strip>
  );
}

/** Differences as dots about zero, their mean and its interval. */
export function Forest(
  { each, mean, interval, range, class: className }: {
    each: readonly number[];
    mean: number;
    /** Cut where it leaves the range, with an arrow. */
    interval: Range | null;
    range: Range;
    class: string;
  },
): VNode {
  const x = placer(range);
  const zero = x(0);
  return (
    <Strip class={className}>
      <line class="strip-zero" x1={zero} x2={zero} y1={0} y2={height} />
      {interval && <Interval interval={interval} range={range} x={x} />}
      {each.map((value) => (
        <circle class="strip-dot" cx={x(value)} cy={9} r={2.6} />
      ))}
      <circle
        class={interval ? "strip-point" : "strip-point is-single"}
        cx={x(mean)}
        cy={9}
        r={4}
      />
    </Strip>
  );
}

function Interval(
  { interval, range, x }: {
    interval: Range;
    range: Range;
    x: (value: number) => string;
  },
): VNode {
  const [low, high] = [
    Math.max(interval[0], range[0]),
    Math.min(interval[1], range[1]),
  ];
  const end = (value: number, isCut: boolean, towards: -1 | 1) => {
    const at = Number(x(value));
    return isCut
      ? `M${at - 5 * towards} 5L${at} 9L${at - 5 * towards} 13`
      : `M${at} 5V13`;
  };
  return (
    <>
      <line class="strip-interval" x1={x(low)} x2={x(high)} y1={9} y2={9} />
      <path
        class="strip-interval"
        d={end(low, interval[0] < range[0], -1) +
          end(high, interval[1] > range[1], 1)}
      />
    </>
  );
}

function Strip(
  { class: className, children }: {
    class: string;
    children: ComponentChildren;
  },
): VNode {
  return (
    <svg
      class={`strip ${className}`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

function placer([low, high]: Range): (value: number) => string {
  return (value) =>
    (edge + (value - low) / (high - low) * (width - 2 * edge)).toFixed(1);
}
