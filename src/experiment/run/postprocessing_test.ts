import { deepStrictEqual } from "node:assert";
import type { Volume } from "@/core/mod.ts";
import type { Predicted } from "./evaluate.ts";
import { smallPlan, type Written } from "./_testing.ts";
import { called, chooseCalling } from "./postprocessing.ts";

/** A line of voxels: its truth, and how sure the network is in tenths. */
function predicted(truth: string, tenths: string): Predicted {
  const shapeVox = [1, 1, truth.length] as const;
  const target = Uint8Array.from(truth, (c) => c === "x" ? 1 : 0);
  return {
    volume: { name: "a", shapeVox, voxelNm: [40, 4, 4] } as unknown as Volume,
    patch: {
      image: new Float32Array(truth.length),
      target,
      mask: new Uint8Array(truth.length).fill(1),
      shapeVox,
    },
    probability: Float32Array.from(tenths, (c) => Number(c) / 10),
  };
}

// Two clefts of 3 voxels, a mistake of 2.
const one = predicted("xxx...xxx......", "786000876066000");

const specOf = (postprocess: Written[], evaluate: Written = {}) =>
  smallPlan({ postprocess, evaluate: { metrics: ["dice"], ...evaluate } }).spec;
const text = (cleft: Uint8Array | undefined) =>
  [...cleft ?? []].map((c) => c ? "x" : ".").join("");

Deno.test("chooseCalling() is the threshold of the best Dice where nothing is listed", () => {
  const calling = chooseCalling([one], specOf([]));
  deepStrictEqual(calling, {
    steps: [],
    threshold: Math.fround(0.6),
    tried: [],
  });
  deepStrictEqual(called([one], calling), [one]);
});

Deno.test("chooseCalling() takes of a sweep what is best, the first of equal ones", () => {
  const minVox = { sweep: [1, 2, 3, 4] };
  const spec = specOf([{ type: "size", minVox }]);
  const calling = chooseCalling([one], spec);
  deepStrictEqual(calling.steps, [{ type: "size", minVox: 3 }]);
  deepStrictEqual(
    calling.tried.map(({ options, value }) => [options[0], value]),
    [[1, 12 / 14], [2, 12 / 14], [3, 1], [4, 0]],
  );
  const [after] = called([one], calling);
  deepStrictEqual(text(after!.cleft), "xxx...xxx......");
  const same = specOf([{ type: "size", minVox: { sweep: [3, 0, 3] } }]);
  deepStrictEqual(chooseCalling([one], same).steps[0]!.minVox, 3);
});

Deno.test("chooseCalling() chooses by what the experiment tunes by, over all volumes", () => {
  const other = predicted("xx.............", "880000000000000");
  const minVox = { sweep: [3, 2] };
  const by = (evaluate: Written) =>
    chooseCalling([one, other], specOf([{ type: "size", minVox }], evaluate))
      .steps[0]!.minVox;
  // A cleft that is lost leaves Dice 0 in the second volume.
  deepStrictEqual(by({}), 2);
  deepStrictEqual(
    by({ metrics: ["dice", "objects"], tuneBy: "falseComponents" }),
    3,
  );
});

Deno.test("chooseCalling() settles a threshold on what smoothing leaves", () => {
  const spec = specOf([{ type: "smooth", sigmaVox: [0, 0, 0.5] }]);
  const calling = chooseCalling([one], spec);
  const [after] = called([one], calling);
  deepStrictEqual(text(after!.cleft).slice(0, 9), "xxx...xxx");
  const clefts = [0, 1, 2, 6, 7, 8].map((i) => after!.probability[i]!);
  deepStrictEqual(calling.threshold, Math.min(...clefts));
});

Deno.test("chooseCalling() has no threshold where nothing is cleft, unless one is named", () => {
  const empty = predicted("...............", "786000876066000");
  deepStrictEqual(
    chooseCalling([empty], specOf([{ type: "size" }])).threshold,
    undefined,
  );
  const named = [{ type: "threshold", p: 0.75 }, { type: "size", minVox: 1 }];
  const calling = chooseCalling([empty], specOf(named));
  deepStrictEqual(calling.threshold, 0.75);
  deepStrictEqual(text(called([empty], calling)[0]!.cleft), ".x....x........");
});
