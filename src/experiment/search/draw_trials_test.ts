import { deepEqual, throws } from "node:assert/strict";
import type { Path } from "../spec/place.ts";
import { drawTrials } from "./draw_trials.ts";
import type { SearchedOption } from "./space.ts";

/** An option that has one of some values. */
function option(name: string, count: number): SearchedOption {
  return {
    name,
    path: [name] as Path,
    place: { file: "a.yaml", at: null },
    distribution: { at: (share) => Math.floor(share * count) },
  };
}

const given = { draw: { type: "random" }, seed: 1, where: "search" };

Deno.test("drawTrials() draws each combination once, and more leave the first ones as they are", () => {
  const options = [option("a", 2), option("b", 3)];
  const all = drawTrials(options, { ...given, trials: 6 });
  deepEqual(
    all.map((values) => values.join()).toSorted(),
    ["0,0", "0,1", "0,2", "1,0", "1,1", "1,2"],
  );
  deepEqual(drawTrials(options, { ...given, trials: 4 }), all.slice(0, 4));
  throws(() => drawTrials(options, { ...given, trials: 7 }), {
    message: "Cannot draw 7 trials: there are only 6 that differ",
    fix: "Set search.trials to 6, or write them as a matrix",
  });
});

Deno.test("drawTrials() refuses more options than trials can be spread over", () => {
  const options = (count: number) =>
    Array.from({ length: count }, (_, i) => option(`o${i}`, 9));
  const evenly = { ...given, draw: { type: "sobol" }, trials: 2 };
  deepEqual(drawTrials(options(40), evenly).length, 2);
  throws(() => drawTrials(options(41), evenly), /over 41 options: sobol can/);
});
