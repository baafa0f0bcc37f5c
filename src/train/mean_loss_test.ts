import { ok } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { type Entry, openRng } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { losses, lossTerms } from "@/loss/mod.ts";
import { layOut, nets, type Network } from "@/model/mod.ts";
import { variants } from "@test/contract/losses.ts";
import { testOnEngines } from "@test/engines.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { noiseBatch } from "@test/noise.ts";
import { termsOf, tinyBatch, tinyNetwork } from "./_testing.ts";
import { batchLoss } from "./batch_loss.ts";
import { forwardPass } from "./forward.ts";
import { judgedForm, lossPass, openMeanLoss } from "./mean_loss.ts";
import type { LossParts } from "./parts.ts";
import { firstSnapshot, weightsOf } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import { uploadBatch } from "./upload.ts";
import { cutTensor, weave } from "./_weave.ts";

const targetOf = (type: string) =>
  targets.create(targets.schema.parse({ type }));
const binary = targetOf("binary");

/** A network that is the same in training, of a head of one channel and one of three. */
function evenNetwork(entry: Record<string, unknown>): Network {
  const model = nets.schema.parse({ norm: { type: "none" }, ...entry });
  return layOut(nets.create(model)({ heads: 4, levels: 1 }));
}

const base = {
  ...{ type: "resUnet", filters: [2, 3], anisotropicLevels: 1 },
  norm: { type: "none" },
};

const batch = noiseBatch(0, {
  patchVox: [2, 8, 8],
  ...{ heads: 2, channels: 4, hasDistances: true },
});

/** The loss of a training step with a batch, and that of its validation. */
function bothOf(parts: LossParts): readonly [number, number] {
  const snapshot = firstSnapshot(
    parts.network,
    { slotNames: [] },
    openRng(3),
  );
  using state = TrainState.from(snapshot, []);
  const { weights, buffers } = state;
  return tf.tidy(() => {
    const factors = parts.terms.map(({ weight }) => weight);
    const uploaded = uploadBatch(batch, { factors, seed: new Int32Array(2) });
    const { samples } = uploaded;
    const given = {
      ...{ weights, buffers },
      batch: parts.terms.some(({ loss }) => loss.needs)
        ? uploaded
        : { ...uploaded, samples: { ...samples, distanceNm: null } },
    };
    const kinds = weightsOf(parts.network);
    const { total } = batchLoss(parts, {
      values: weave(parts.network, {
        trained: cutTensor(weights, kinds.trained),
        buffers: cutTensor(buffers, kinds.buffers),
      }),
      batch: given.batch,
    });
    const [validated] = lossPass(parts)(judgedForm(parts).pack(given));
    return [total.dataSync()[0]!, validated!.dataSync()[0]!] as const;
  });
}

testOnEngines(
  "lossPass() is the sum that training minimises of every loss, on all levels and heads",
  () => {
    const network = evenNetwork({ ...base, filters: [2, 3, 3] });
    for (const { title, loss } of variants) {
      const head = loss.compares === "directions" ? 1 : 0;
      const terms = [0, 1].map((level) => ({
        ...{ name: title, head, level, weight: 2 - level, loss },
      }));
      const [bce] = termsOf({ type: "bce" });
      const [trained, validated] = bothOf({
        network,
        targets: [binary, targetOf("direction")],
        terms: [...terms, bce!],
      });
      const error = Math.abs(validated - trained);
      ok(error <= 1e-6 * Math.abs(trained), `${title}: ${validated}`);
    }
  },
);

testOnEngines("lossPass() asks where training asks", () => {
  const terms = lossTerms({
    terms: [losses.schema.parse({ type: "bce" })] as readonly Entry[],
    levels: [1],
  });
  const lossAt = (threshold: number) =>
    bothOf({
      network: evenNetwork({
        ...{ type: "refine", base, filters: [3] },
        ...{ threshold, reachVox: [0, 0, 0] },
      }),
      targets: [binary, targetOf("direction")],
      terms,
    });
  const [trained, validated] = lossAt(0); // asked everywhere
  assertAlmostEquals(validated, trained, 1e-6);
  const [, beyond] = lossAt(1); // clefts alone weigh, by the first answer
  ok(beyond < validated);
});

testOnEngines(
  "openMeanLoss() is the mean over batches of the network as it predicts",
  async (engine) => {
    const network = tinyNetwork({
      norm: { type: "batch" },
      block: { type: "residual", dropout: { rate: 0.5, drops: "voxels" } },
    });
    const parts = {
      network,
      targets: [binary],
      terms: termsOf({ type: "bce", useWeights: false }),
    };
    const snapshot = firstSnapshot(network, { slotNames: [] }, openRng(3));
    using state = TrainState.from(snapshot, []);
    const batches = [[0, 1], [2, 3], [4, 5]].map(tinyBatch);
    const found = await openMeanLoss(engine, parts)(state, {
      batches,
      factors: [3],
    });
    const pass = forwardPass(network, { targets: [binary] });
    const expected = batches.map(({ image, shape, target }) =>
      tf.tidy(() => {
        const x = tf.tensor(image, [...shape]);
        const [said] = pass([state.weights, state.buffers, x]);
        const each = [...said!.dataSync()]
          .map((p, i) => -Math.log(target[i] === 1 ? p : 1 - p));
        return 3 * each.reduce((sum, one) => sum + one) / each.length;
      })
    );
    assertAlmostEquals(
      found,
      (expected[0]! + expected[1]! + expected[2]!) / 3,
      1e-5,
    );
  },
);
