import { deepStrictEqual, notDeepStrictEqual } from "node:assert";
import { openRng } from "@/core/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { tinyNetwork, trainTiny } from "../_testing.ts";
import { firstSnapshot } from "../snapshot.ts";
import { averagings } from "./mod.ts";

const averagingOf = (type: string, options = {}) =>
  averagings.create(averagings.schema.parse({ type, ...options }))!;

Deno.test("exponential() forgets faster at first, as TensorFlow's does", () => {
  const { share } = averagingOf("exponential", { decay: .9 });
  assertAlmostEquals(share(1, 100), 1 - 2 / 11, 1e-15);
  assertAlmostEquals(share(20, 100), 1 - 21 / 30, 1e-15);
  assertAlmostEquals(share(99, 100), 1 - .9, 1e-15); // 100 / 109 is more
  const { share: cold } = averagingOf("exponential", { warmUp: false });
  assertAlmostEquals(cold(1, 100), .001, 1e-15);
});

Deno.test("stochastic() gives each set of weights it takes the same share", () => {
  const { share } = averagingOf("stochastic", { from: .5, everySteps: 2 });
  deepStrictEqual(
    [1, 4, 5, 6, 7, 8, 9, 10].map((step) => share(step, 10)),
    [1, 1, 1, 0, 1 / 2, 0, 1 / 3, 0],
  );
});

for (
  const [type, options] of Object.entries({
    exponential: { decay: .7 },
    stochastic: { from: .4, everySteps: 2 },
  })
) {
  testOnEngines(
    `${type}() keeps the mean of the weights that training had`,
    async (engine) => {
      const averaging = averagingOf(type, options);
      const network = tinyNetwork();
      const { weights } = firstSnapshot(network, [], openRng(1));
      const { dues } = await trainTiny(engine, {
        steps: 8,
        network,
        averaging,
      });
      let mean = Float64Array.from(weights);
      for (const { step, weights, mean: found } of dues) {
        const share = averaging.share(step, 8);
        mean = mean.map((was, k) => (1 - share) * was + share * weights[k]!);
        mean.forEach((value, k) =>
          assertAlmostEquals(found!.weights[k]!, value, 1e-6)
        );
      }
    },
  );
}

testOnEngines(
  "a mean besides leaves the weights of a training as they were, to the bit",
  async (engine) => {
    const network = tinyNetwork();
    const plain = await trainTiny(engine, { steps: 5, network });
    for (const type of ["exponential", "stochastic"]) {
      const averaging = averagingOf(type);
      const averaged = await trainTiny(engine, {
        steps: 5,
        network,
        averaging,
      });
      const { mean, ...rest } = averaged.snapshot;
      deepStrictEqual(rest, plain.snapshot);
      notDeepStrictEqual(mean, undefined);
    }
  },
);
