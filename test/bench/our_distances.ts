/**
 * Our side of the distances benchmark: `our_distances.ts D,H,W`. Beams of 4×8×60
 * voxels at places that peer_distances.py works out too; one call.
 *
 * @module
 */
import { distanceTransform, type Zyx } from "@/core/mod.ts";
import { tell } from "./measure.ts";

const shape = Deno.args[0]!.split(",").map(Number) as unknown as Zyx;
const [depth, height, width] = shape;
const outside = new Uint8Array(depth * height * width).fill(1);
for (let beam = 0; beam < 600; beam++) {
  const z = beam * 7919 % depth;
  const y = beam * 104729 % height;
  const x = beam * 1299709 % width;
  for (let a = z; a < Math.min(z + 4, depth); a++) {
    for (let b = y; b < Math.min(y + 8, height); b++) {
      const row = (a * height + b) * width;
      outside.fill(0, row + x, row + Math.min(x + 60, width));
    }
  }
}
const start = performance.now();
const distances = distanceTransform(outside, shape, [40, 4, 4]);
const ms = performance.now() - start;
tell(ms, distances.reduce((a, b) => a + b, 0) / distances.length);
