import type { DatabaseSync } from "node:sqlite";

/** Points from which a series is packed, so that it is read at once. */
export const packedFrom = 512;

/** A series by columns. */
export interface Curve {
  /** The steps, rising. */
  readonly steps: readonly number[];
  /** The value at each step. */
  readonly values: readonly number[];
}

/**
 * A series as bytes: how many points, the first step and the distance between
 * two, NaN where it differs; the values; then the steps if it does. All are
 * 64-bit floats in the byte order of the machine, which is little-endian wherever
 * Deno runs: NaN, −0 and steps up to 2^53 are kept.
 */
export function packCurve({ steps, values }: Curve): Uint8Array {
  const first = steps[0] ?? 0;
  const stride = (steps[1] ?? first) - first;
  const isRegular = steps.every((step, i) => step === first + i * stride);
  const numbers = new Float64Array([
    ...[values.length, first, isRegular ? stride : NaN],
    ...values,
    ...isRegular ? [] : steps,
  ]);
  return new Uint8Array(numbers.buffer);
}

/** The series that was packed; null if the bytes are not as many as they say. */
export function unpackCurve(bytes: Uint8Array): Curve | null {
  if (bytes.length % 8 !== 0 || bytes.length < 24) return null;
  // A copy, as bytes of SQLite may begin anywhere.
  const numbers = new Float64Array(bytes.slice().buffer);
  const [count, first, stride] = numbers as unknown as readonly [
    ...[count: number, first: number, stride: number],
  ];
  const isRegular = !Number.isNaN(stride);
  if (numbers.length !== 3 + count * (isRegular ? 1 : 2)) return null;
  const values = Array.from(numbers.subarray(3, 3 + count));
  const steps = isRegular
    ? values.map((_, i) => first + i * stride)
    : Array.from(numbers.subarray(3 + count));
  return { steps, values };
}

/**
 * Packs the long series of runs that have ended, as
 * {@linkcode CurveTable} does at their end.
 */
export function fillCurves(db: DatabaseSync): void {
  const long = db.prepare(
    `SELECT run, series FROM metric
     WHERE run IN (SELECT number FROM run WHERE state <> 'running')
     GROUP BY run, series HAVING count(*) >= ?`,
  ).all(packedFrom);
  const read = db.prepare(
    "SELECT step, value FROM metric WHERE run = ? AND series = ? ORDER BY step",
  );
  const put = db.prepare(
    "INSERT INTO curve (run, series, points) VALUES (?, ?, ?)",
  );
  for (const { run, series } of long) {
    const rows = read.all(run!, series!);
    const curve = {
      steps: rows.map(({ step }) => step as number),
      values: rows.map(({ value }) => (value as number | null) ?? NaN),
    };
    put.run(run!, series!, packCurve(curve));
  }
}
