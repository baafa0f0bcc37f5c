import { formatNumber } from "../format.ts";

/** A number with its sign, and decimals rather than powers of ten. */
export function signed(value: number, unit: string): string {
  const size = Math.abs(value);
  const places = unit === "" ? 4 : 2;
  const text = size > 0 && size < (unit === "" ? 0.001 : 0.05)
    ? `${value < 0 ? "−" : ""}${size.toFixed(places)}`
    : formatNumber(value, unit);
  return (value > 0 ? "+" : "") + text;
}

/** The ends of an interval, signed: `[−0.0120, +0.0340]`. */
export function signedInterval(
  interval: readonly [number, number],
  unit: string,
): string {
  return `[${interval.map((end) => signed(end, unit)).join(", ")}]`;
}
