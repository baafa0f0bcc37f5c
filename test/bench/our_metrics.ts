/**
 * Our side of the metrics benchmark: `our_metrics.ts CASE FOLDER SECONDS`, with
 * the input that `metrics.ts` left in the folder.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { distanceTransform, labelComponents } from "@/core/mod.ts";
import { type MetricInput, metrics } from "@/metric/mod.ts";
import { millisecondsOf, tell } from "./measure.ts";

const [name, folder, seconds] = Deno.args;
const read = (file: string) => readFileSync(join(folder!, file));
const { shapeVox, voxelNm, threshold } = JSON.parse(`${read("input.json")}`);
const target = new Uint8Array(read("target.u8"));
const input: MetricInput = {
  probability: new Float32Array(new Uint8Array(read("probability.f32")).buffer),
  target,
  mask: new Uint8Array(target.length).fill(1),
  shapeVox,
  voxelNm,
  threshold,
};
const outside = target.map((inside) => 1 - inside);
const called = Uint8Array.from(
  input.probability,
  (p) => p >= threshold ? 1 : 0,
);

/** Each gives one number that both sides must agree on. */
const cases: Record<string, () => number> = {
  distances: () => sum(distanceTransform(outside, shapeVox, voxelNm)),
  components: () => labelComponents(called, shapeVox, 26).count,
  averagePrecision: () => evaluate("averagePrecision")["ap"]!,
  cremi: () => evaluate("cremi")["score"]!,
};

let value = NaN;
const ms = millisecondsOf(() => value = cases[name!]!(), Number(seconds));
tell(ms, value);

function evaluate(type: string): Record<string, number | null> {
  return metrics.create(metrics.schema.parse({ type })).evaluate(input);
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}
