import { deepEqual, ok } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { readFixture } from "@test/fixtures.ts";
import { sobol, sobolBits } from "./sobol.ts";

const draw = sobol.create({});

Deno.test("sobolBits() is as scipy's points in forty dimensions", () => {
  type Case = { readonly index: number; readonly bits: readonly number[] };
  for (const { index, bits } of readFixture<Case>("search/sobol.jsonl")) {
    deepEqual(bits.length, draw.mostOptions);
    deepEqual(bits.map((_, d) => sobolBits(index, d)), bits);
  }
});

Deno.test("sobol spreads scrambled points as evenly as Sobol' does", () => {
  const paths = Array.from({ length: 40 }, (_, d) => `option${d}`);
  for (const seed of [1, 2]) {
    const points = Array.from(
      { length: 16 },
      (_, trial) => draw.shares(trial, paths, openRng(seed)),
    );
    for (const d of paths.keys()) {
      const stretches = points.map((point) => Math.floor(16 * point[d]!));
      deepEqual(new Set(stretches).size, 16);
    }
    // The first two are a net: each rectangle of area 1/16 has one point.
    for (const wide of [1, 2, 4, 8, 16]) {
      const cells = points.map(([x, y]) =>
        `${Math.floor(wide * x!)} ${Math.floor(16 / wide * y!)}`
      );
      deepEqual(new Set(cells).size, 16);
    }
  }
});

Deno.test("sobol's points depend on the seed, the trial and the option alone", () => {
  const at = (trial: number, paths: readonly string[], seed = 1) =>
    draw.shares(trial, paths, openRng(seed));
  deepEqual(at(5, ["a", "b"]), at(5, ["a", "b"]));
  deepEqual(at(5, ["a", "b"]).slice(0, 1), at(5, ["a"]));
  ok(at(5, ["a"])[0] !== at(5, ["a"], 2)[0]);
  ok(at(0, ["a"])[0] !== at(0, ["b"])[0]);
});
