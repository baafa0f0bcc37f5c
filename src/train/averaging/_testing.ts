import { deepStrictEqual, notDeepStrictEqual } from "node:assert";
import { openRng } from "@/core/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { tinyNetwork, trainTiny } from "../_testing.ts";
import { firstSnapshot } from "../snapshot.ts";
import { type Averaging, averagings } from "./mod.ts";

/** Opens an averaging as an experiment file names it. */
export function averagingOf(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): Averaging {
  return averagings.create(averagings.schema.parse({ type, ...options }))!;
}

/**
 * Registers the tests of an averaging in a training: it keeps the mean that its
 * shares tell, and leaves the training as it was.
 */
export function checkInTraining(
  type: string,
  options: Readonly<Record<string, unknown>>,
): void {
  testOnEngines(
    `${type}() keeps the mean of the weights that training had`,
    async (engine) => {
      const averaging = averagingOf(type, options);
      const network = tinyNetwork();
      const { weights } = firstSnapshot(network, { slotNames: [] }, openRng(1));
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

  testOnEngines(
    `${type}() leaves the weights of a training as they were, to the bit`,
    async (engine) => {
      const network = tinyNetwork();
      const plain = await trainTiny(engine, { steps: 5, network });
      const averaging = averagingOf(type);
      const averaged = await trainTiny(engine, {
        steps: 5,
        network,
        averaging,
      });
      const { mean, ...rest } = averaged.snapshot;
      deepStrictEqual(rest, plain.snapshot);
      notDeepStrictEqual(mean, undefined);
    },
  );
}
