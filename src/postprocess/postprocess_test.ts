import { deepStrictEqual, throws } from "node:assert";
import type { Entry, Zyx } from "@/core/mod.ts";
import { readFixture } from "@test/fixtures.ts";
import { sectionsOf } from "./_step.ts";
import { steps } from "./catalog.ts";
import { settledSteps } from "./order.ts";
import { drawn, shown } from "./_testing.ts";
import {
  beforeCall,
  postprocess,
  postprocessWhole,
  wholeOf,
} from "./postprocess.ts";

const p = drawn(["98..5", "9...4"], ["8...5", "....."]);

Deno.test("postprocess() takes the steps in order", () => {
  const entries = [
    steps.schema.parse({ type: "threshold", p: 0.4 }),
    steps.schema.parse({ type: "components", connectivity: 6 }),
    steps.schema.parse({ type: "prune", minMean: 0.6 }),
  ];
  const { cleft, threshold, connectivity } = postprocess(p, entries);
  deepStrictEqual(shown(cleft, p.shapeVox), [["xx...", "x...."], [
    "x....",
    ".....",
  ]]);
  deepStrictEqual([threshold, connectivity], [0.4, 6]);
});

Deno.test("postprocess() needs a threshold", () => {
  throws(() => postprocess(p, [steps.schema.parse({ type: "threshold" })]), {
    name: "RangeError",
    message: "Cannot post-process: there is no threshold",
  });
});

Deno.test("beforeCall() gives what the call goes by", () => {
  const entries = [
    steps.schema.parse({ type: "smooth", sigmaVox: [0, 0, 50] }),
    steps.schema.parse({ type: "threshold", p: 0.4 }),
    steps.schema.parse({ type: "size" }),
  ];
  const { section } = beforeCall(p, entries);
  const row = [...section(1).subarray(0, 5)].map((v) => v.toFixed(2));
  deepStrictEqual(new Set(row), new Set(["0.26"])); // the mean of 0.8 and 0.5
});

Deno.test("postprocessWhole() gives the probabilities that were called", () => {
  const entries = [steps.schema.parse({ type: "threshold", p: 0.4 })];
  const probability = wholeOf(p);
  const { shapeVox } = p;
  const plain = postprocessWhole(probability, { shapeVox, entries });
  deepStrictEqual(plain.probability, probability);
  deepStrictEqual(plain.cleft, postprocess(p, entries).cleft);
  const smooth = steps.schema.parse({ type: "smooth", sigmaVox: [9, 0, 0] });
  const even = postprocessWhole(probability, {
    shapeVox,
    entries: [smooth, ...entries],
  });
  deepStrictEqual(even.probability[0]!.toFixed(2), "0.85");
  deepStrictEqual(shown(even.cleft, shapeVox)[0], ["xx..x", "x...."]);
});

/** A random prediction, and what scipy and scikit-image keep of it. */
interface Fixture {
  readonly shapeVox: Zyx;
  readonly grey: string;
  readonly cases: readonly {
    readonly steps: readonly Entry[];
    readonly cleft: string;
  }[];
}

Deno.test("postprocess() keeps what scipy and scikit-image keep of random volumes", () => {
  for (const one of readFixture<Fixture>("postprocess/steps.jsonl")) {
    const grey = Uint8Array.fromBase64(one.grey);
    const probability = Float32Array.from(grey, (byte) => byte / 255);
    for (const { steps: listed, cleft } of one.cases) {
      const entries = settledSteps(
        listed.map((e) => steps.schema.parse(e)),
        0.5,
      );
      const bits = Uint8Array.fromBase64(cleft);
      const found = postprocess(
        sectionsOf(probability, one.shapeVox),
        entries,
      ).cleft;
      const wanted = found.map((_, i) => bits[i >> 3]! >> (i & 7) & 1);
      deepStrictEqual(found, wanted, JSON.stringify(listed));
    }
  }
});
