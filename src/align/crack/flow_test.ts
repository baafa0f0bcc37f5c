import { ok } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { gaussianFilter } from "@/core/mod.ts";
import type { Yx } from "../shifts.ts";
import { linearReader } from "../_planes.ts";
import { denseFlow, middleOf } from "./flow.ts";

const shapeVox: Yx = [120, 140];

/** Smooth noise, larger than a plane by `border` voxels on all sides. */
function texture(border: number): (y: number, x: number) => number {
  const height = shapeVox[0] + 2 * border, width = shapeVox[1] + 2 * border;
  const rng = openRng(3).at("texture");
  const noise = Float32Array.from(
    { length: height * width },
    () => rng.uniform(0, 1),
  );
  const smooth = gaussianFilter(noise, [1, height, width], [0, 3, 3]);
  const read = linearReader(
    smooth.map((value) => 0.5 + 4 * (value - 0.5)),
    [height, width],
  );
  return (y, x) => read(y + border, x + border);
}

function plane(value: (y: number, x: number) => number): Float32Array {
  const [height, width] = shapeVox;
  return Float32Array.from(
    { length: height * width },
    (_, i) => value(Math.floor(i / width), i % width),
  );
}

/** The mean distance between a flow and the true one, away from the border. */
function meanError(
  flow: { y: Float32Array; x: Float32Array },
  truth: (y: number, x: number) => Yx,
): number {
  let sum = 0, count = 0;
  for (let y = 16; y < shapeVox[0] - 16; y++) {
    for (let x = 16; x < shapeVox[1] - 16; x++, count++) {
      const [ty, tx] = truth(y, x), i = y * shapeVox[1] + x;
      sum += Math.hypot(flow.y[i]! - ty, flow.x[i]! - tx);
    }
  }
  return sum / count;
}

/** A motion around the middle, of which each plane has one half. */
const motions: Readonly<Record<string, (y: number, x: number) => Yx>> = {
  "a shift of 9 and -6 voxels": () => [9, -6],
  "a turn of 4 degrees": (y, x) => [0.07 * (x - 70), -0.07 * (y - 60)],
  "growth by 6 %": (y, x) => [0.06 * (y - 60), 0.06 * (x - 70)],
  "waves of 3 voxels": (y, x) => [
    3 * Math.sin(x / 25),
    3 * Math.cos(y / 25),
  ],
};

for (const [name, motion] of Object.entries(motions)) {
  const image = texture(40);
  // What the middle has at p, the first has at p - d / 2: found by iteration.
  const moved = (sign: number) =>
    plane((y, x) => {
      let py = y, px = x;
      for (let i = 0; i < 30; i++) {
        const [dy, dx] = motion(py, px);
        py = y + sign * dy / 2;
        px = x + sign * dx / 2;
      }
      return image(py, px);
    });
  const first = moved(1), second = moved(-1);

  Deno.test(`denseFlow() finds ${name}`, () => {
    const error = meanError(denseFlow({ first, second, shapeVox }), motion);
    ok(error < 0.25, `off by ${error} voxels`);
  });

  Deno.test(`middleOf() shows what lies between planes after ${name}`, () => {
    const flow = denseFlow({ first, second, shapeVox });
    const middle = middleOf({ first, second, shapeVox }, flow);
    const truth = plane(image);
    const off = (values: Float32Array) => {
      let sum = 0;
      for (let y = 16; y < shapeVox[0] - 16; y++) {
        for (let x = 16; x < shapeVox[1] - 16; x++) {
          const i = y * shapeVox[1] + x;
          sum += (values[i]! - truth[i]!) ** 2;
        }
      }
      return sum;
    };
    const blind = first.map((value, i) => (value + second[i]!) / 2);
    ok(off(middle) < 0.1 * off(blind), `${off(middle)} of ${off(blind)}`);
  });
}

Deno.test("denseFlow() turns around when its planes are exchanged", () => {
  const image = texture(40);
  const first = plane(image), second = plane((y, x) => image(y + 2, x - 3));
  const there = denseFlow({ first, second, shapeVox });
  const back = denseFlow({ first: second, second: first, shapeVox });
  for (let i = 0; i < first.length; i++) {
    ok(Math.abs(there.y[i]! + back.y[i]!) < 1e-3, `y at ${i}`);
    ok(Math.abs(there.x[i]! + back.x[i]!) < 1e-3, `x at ${i}`);
  }
});

Deno.test("denseFlow() stays where nothing can be seen", () => {
  const grey = new Float32Array(shapeVox[0] * shapeVox[1]).fill(0.5);
  const { y, x } = denseFlow({ first: grey, second: grey, shapeVox });
  ok(y.every((value) => value === 0) && x.every((value) => value === 0));
});
