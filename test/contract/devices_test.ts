/**
 * Training with batches divided over the virtual devices of the processor's
 * plugin: the same as on one device with the whole batch, up to rounding.
 *
 * @module
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import type { ProgramStore } from "@/engine/mod.ts";
import { losses, lossTerms } from "@/loss/mod.ts";
import { layOut, nets, type Network } from "@/model/mod.ts";
import { optimizers } from "@/train/mod.ts";
import { openOnDevices, testOnDevices } from "@test/devices.ts";
import { assertEquals } from "@test/helpers.ts";
import {
  termsOf,
  tinyBatch,
  tinyBatches,
  type Trained,
  trainTiny,
} from "@/train/_testing.ts";
import { firstSnapshot } from "@/train/mod.ts";
import { TrainState } from "@/train/mod.ts";
import { estimateBuffers, openMeanLoss } from "@/train/mod.ts";

/** Without kinks, which one last bit can be on either side of. */
const smooth = {
  type: "resUnet",
  filters: [2, 3, 4],
  anisotropicLevels: 1,
  activation: "swish",
  pooling: "average",
};

/** Quick to compile. */
const shallow = { filters: [2, 3] };

const binary = targets.create(targets.schema.parse({ type: "binary" }));

const learningRate = 0.1;
const sgd = optimizers.create(optimizers.schema.parse({
  type: "sgd",
  learningRate,
}));

type Options = Partial<Parameters<typeof trainTiny>[1]>;

/** Trains for three steps on some devices, by batches of four unless told otherwise. */
async function trainOn(
  devices: number,
  { store, ...options }: Options & {
    readonly network: Network;
    readonly store?: ProgramStore;
  },
): Promise<Trained> {
  await using open = await openOnDevices(devices, store && { store });
  return await trainTiny(open.engine, {
    steps: 3,
    optimizer: sgd,
    batches: tinyBatches(4),
    ...options,
  });
}

/** Fails unless two trainings agree but for rounding. */
function assertSameCourse(found: Trained, expected: Trained): void {
  found.events.forEach((event, i) => {
    const other = expected.events[i]!;
    [event.loss, ...event.terms].forEach((loss, k) => {
      const right = [other.loss, ...other.terms][k]!;
      ok(
        Math.abs(loss - right) <= 1e-5 * Math.abs(right),
        `step ${event.step}, loss ${k}: ${loss} is not ${right}`,
      );
    });
  });
  const gradients = [found, expected].map(({ dues }) =>
    dues[1]!.weights.map((w, i) => (w - dues[0]!.weights[i]!) / learningRate)
  );
  const error = distance(gradients[0]!, gradients[1]!);
  ok(error <= 1e-4, `the gradient is ${error} of its length away`);
  const last = distance(found.snapshot.buffers, expected.snapshot.buffers);
  ok(last <= 1e-4, `buffers are ${last} of their length away`);
}

/** How far two rows of numbers are apart, as a share of the second's length. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const numbers = Array.from(b);
  const length = Math.hypot(...numbers);
  return Math.hypot(...numbers.map((n, i) => n - a[i]!)) / (length || 1);
}

function netOf(entry: Record<string, unknown>, levels = 0): Network {
  const schema = nets.schema.parse({ ...smooth, ...entry });
  return layOut(nets.create(schema)({ heads: 1, levels }));
}

/** Everything that joins the voxels of a batch, draws, or is computed twice. */
const rich = {
  network: netOf({
    norm: { type: "group", groups: 1 },
    block: {
      ...{ type: "residual", convolutions: 1 },
      dropout: { rate: 0.2, drops: "voxels" },
    },
    recompute: true,
  }, 1),
  terms: lossTerms({
    terms: (["bce", "dice", "lovaszHinge"] as const).map((type) =>
      losses.schema.parse({ type })
    ),
    levels: [0.5],
  }),
};

testOnDevices(
  "a training on 2 or 4 devices is that on one, and again to the bit",
  async () => {
    const one = await trainOn(1, rich);
    for (const devices of [2, 4]) {
      const kept = new Map<string, Uint8Array>();
      const store: ProgramStore = {
        find: (key) => kept.get(key) ?? null,
        keep: (key, bytes) => void kept.set(key, bytes),
      };
      const several = await trainOn(devices, { ...rich, store });
      assertSameCourse(several, one);
      const again = await trainOn(devices, { ...rich, store });
      assertEquals(kept.size, 1, "programs");
      deepStrictEqual(bitsOf(again), bitsOf(several));
    }
  },
);

testOnDevices(
  "batch norm is that of one device if it is synchronised, several batches a step too",
  async () => {
    const network = netOf({ ...shallow, norm: { type: "batch", sync: true } });
    const options = {
      network,
      accumulate: 2,
      terms: termsOf({ type: "dice" }),
    };
    assertSameCourse(await trainOn(2, options), await trainOn(1, options));
  },
);

testOnDevices(
  "batch norm of two devices is that of two batches of half the size",
  async () => {
    const network = netOf({ ...shallow, norm: { type: "batch" } });
    const halves = { batches: tinyBatches(2), accumulate: 2 };
    const several = await trainOn(2, { network });
    const one = await trainOn(1, { network, ...halves });
    // Only running averages move twice in a step of two batches.
    const { buffers } = one.snapshot;
    const same = { ...several, snapshot: { ...several.snapshot, buffers } };
    assertSameCourse(same, one);
  },
);

testOnDevices(
  "estimateBuffers() on two devices gives the mean of what halves say",
  async () => {
    const network = netOf({ ...shallow, norm: { type: "batch" } });
    const snapshot = firstSnapshot(network, { slotNames: [] }, openRng(1));
    const found: Float32Array[] = [];
    for (const [devices, size] of [[1, 2], [2, 4]] as const) {
      await using open = await openOnDevices(devices);
      using values = TrainState.from(snapshot, []);
      found.push(
        await estimateBuffers(open.engine, network, {
          ...{ values, batches: tinyBatches(size), count: 4 / size, seed: 1 },
        }),
      );
    }
    const error = distance(found[1]!, found[0]!);
    ok(error <= 1e-5, `${error} of their length away`);
  },
);

testOnDevices(
  "openMeanLoss() on two devices is the loss on one",
  async () => {
    const { network, terms } = rich;
    const snapshot = firstSnapshot(network, { slotNames: [] }, openRng(1));
    const found: number[] = [];
    for (const devices of [1, 2]) {
      await using open = await openOnDevices(devices);
      using values = TrainState.from(snapshot, []);
      const meanLoss = openMeanLoss(open.engine, {
        ...{ network, terms, targets: [binary] },
      });
      found.push(
        await meanLoss(values, {
          batches: [tinyBatch([0, 1, 2, 3])],
          factors: terms.map(({ weight }) => weight),
        }),
      );
    }
    ok(Math.abs(found[1]! - found[0]!) <= 1e-5 * found[0]!, `${found}`);
  },
);

/** What a repetition has to give again. */
function bitsOf({ events, dues, snapshot }: Trained) {
  return {
    losses: events.map(({ loss, terms }) => [loss, ...terms]),
    states: [...dues, snapshot],
  };
}
