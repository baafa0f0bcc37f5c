import * as tf from "@tensorflow/tfjs-core";
import { deepStrictEqual } from "node:assert";
import { openRng } from "@/core/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { tinyBatch, tinyBatches, tinyNetwork } from "./_testing.ts";
import { frozen } from "./freeze.ts";
import { cutArray, firstSnapshot, weightsOf } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import { estimateBuffers } from "./statistics.ts";

testOnEngines(
  "estimateBuffers() gives the mean of the batches' own statistics",
  async (engine) => {
    const network = frozen(tinyNetwork(), { patterns: ["encoder0"] });
    const snapshot = firstSnapshot(network, { slotNames: [] }, openRng(2));
    using state = TrainState.from(snapshot, []);
    const found = await estimateBuffers(engine, network, {
      values: state,
      batches: tinyBatches(2),
      count: 3,
      seed: 1,
    });
    // With averages of 0 before, momentum 0.1 leaves a tenth of a batch's own.
    const { trained, buffers } = weightsOf(network);
    const values = new Map([
      ...trained.map((spec, i) =>
        [
          spec.name,
          cutArray(snapshot.weights, trained)[i]!,
        ] as const
      ),
      ...buffers.map((spec, i) =>
        [
          spec.name,
          spec.isFrozen
            ? cutArray(snapshot.buffers, buffers)[i]!
            : new Float32Array(spec.shape[0]!),
        ] as const
      ),
    ]);
    const sums = new Map(buffers.map(({ name }) => [name, [] as number[][]]));
    tf.tidy(() => {
      for (const first of [0, 2, 4]) {
        const { updates } = network.apply(
          network.weights.map(({ name, shape }) =>
            tf.tensor(values.get(name)!, [...shape])
          ),
          tf.tensor(tinyBatch([first, first + 1]).image, [2, 2, 8, 8, 1]),
          { isTraining: true },
        );
        for (const [name, next] of updates) {
          sums.get(name)!.push([...next.dataSync()].map((v) => 10 * v));
        }
      }
    });
    cutArray(found, buffers).forEach((part, i) => {
      const { name, isFrozen } = buffers[i]!;
      if (isFrozen) return deepStrictEqual(part.slice(), values.get(name));
      const batches = sums.get(name)!;
      part.forEach((value, c) => {
        const mean = batches.reduce((sum, one) => sum + one[c]!, 0) / 3;
        assertAlmostEquals(value, mean, 1e-5);
      });
    });
  },
);

testOnEngines(
  "estimateBuffers() leaves frozen statistics, and networks without any",
  async (engine) => {
    for (
      const norm of [{ type: "batch", frozen: true }, {
        type: "group",
        groups: 1,
      }]
    ) {
      const network = tinyNetwork({ norm });
      const snapshot = firstSnapshot(network, { slotNames: [] }, openRng(2));
      const buffers = snapshot.buffers.map((_, i) => 1 + i / 7);
      using state = TrainState.from({ ...snapshot, buffers }, []);
      const batches = tinyBatches(2);
      deepStrictEqual(
        await estimateBuffers(engine, network, {
          values: state,
          batches,
          count: 3,
          seed: 1,
        }),
        buffers,
      );
    }
  },
);
