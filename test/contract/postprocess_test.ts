import { deepStrictEqual, ok } from "node:assert";
import { type Entry, openRng, type Zyx } from "@/core/mod.ts";
import {
  beforeCall,
  postprocess,
  sectionsOf,
  settledSteps,
  steps,
} from "@/postprocess/mod.ts";

const shapeVox: Zyx = [4, 9, 11];

function noise(): Float32Array {
  const rng = openRng(5);
  return Float32Array.from({ length: 396 }, () => rng.uniform(0, 1) ** 2);
}

function cleftIn(values: Float32Array, entry: Entry): Uint8Array {
  const entries = settledSteps([entry], 0.4);
  return postprocess(sectionsOf(values, shapeVox), entries).cleft;
}

for (const { name, options } of steps.components) {
  const entry = steps.schema.parse({ type: name });

  Deno.test(`${name}() says 0 or 1 of each voxel, the same each time`, () => {
    const cleft = cleftIn(noise(), entry);
    deepStrictEqual(cleft.length, 396);
    ok(cleft.every((value) => value === 0 || value === 1));
    deepStrictEqual(cleftIn(noise(), entry), cleft);
  });

  Deno.test(`${name}() leaves the probabilities as they were, and from 0 to 1`, () => {
    const values = noise();
    cleftIn(values, entry);
    deepStrictEqual(values, noise());
    const { section } = beforeCall(sectionsOf(values, shapeVox), [entry]);
    for (let z = 0; z < 4; z++) {
      ok(section(z).every((value) => value >= 0 && value <= 1 + 1e-6));
    }
  });

  Deno.test(`${name}() finds nothing where nothing is`, () => {
    ok(!cleftIn(new Float32Array(396), entry).includes(1));
    ok(!cleftIn(new Float32Array(396).fill(NaN), entry).includes(1));
  });

  Deno.test(`${name}() lets each option be a sweep`, () => {
    for (const option of Object.keys(options)) {
      const value = entry[option];
      if (value === undefined) continue; // left to validation
      const sweep = { type: name, [option]: { sweep: [value, value] } };
      ok(steps.schema.safeParse(sweep).success, option);
    }
  });
}
