import { type Batch, openRng } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { type LossTerm, lossTerms } from "@/loss/mod.ts";
import { layOut, nets, type Network } from "@/model/mod.ts";
import type { BatchSource } from "./batch_source.ts";
import type { Due, TrainPlan } from "./due.ts";
import type { StepEvent } from "./observer.ts";
import { optimizers } from "./optimizer/mod.ts";
import { firstSnapshot, type Snapshot } from "./snapshot.ts";
import { train, type TrainParts } from "./trainer.ts";
import type { Validation } from "./watch.ts";

/** A network of a few hundred weights; `model` adds to its entry. */
export function tinyNetwork(model: Record<string, unknown> = {}): Network {
  const entry = nets.schema.parse({
    type: "resUnet",
    filters: [2, 3],
    anisotropicLevels: 1,
    ...model,
  });
  return layOut(nets.create(entry)({ heads: 1, levels: 0 }));
}

/** The terms of a loss, each an entry such as `{ type: "bce" }`. */
export function termsOf(
  ...entries: readonly Record<string, unknown>[]
): readonly LossTerm[] {
  const weighted = entries.map((entry) => ({
    ...{ weight: 1, useWeights: true, over: "batch", smoothVox: 1 },
    ...entry,
  }));
  return lossTerms({ terms: weighted as never });
}

/** Batches of `size` samples from `first` on, each made by its number alone. */
export function tinyBatches(size: number, first = 0): BatchSource {
  let index = first;
  return {
    // deno-lint-ignore require-await -- batches are there at once
    async next() {
      const indices = Array.from({ length: size }, () => index++);
      return { batch: tinyBatch(indices), waitMs: 0 };
    },
  };
}

/** Some samples of 2 × 8 × 8 voxels. */
export function tinyBatch(indices: readonly number[]): Batch {
  const voxels = 128;
  const image = new Float32Array(indices.length * voxels);
  indices.forEach((index, i) => {
    const rng = openRng(5).at("sample", index);
    for (let v = 0; v < voxels; v++) image[i * voxels + v] = rng.normal();
  });
  return {
    indices,
    traces: [],
    shape: [indices.length, 2, 8, 8, 1],
    heads: 1,
    channels: 1,
    image,
    target: image.map((value) => +(value > 1)),
    mask: new Uint8Array(image.length).fill(1),
    weight: image.map(() => 1),
  };
}

/** What a training left behind. */
export interface Trained {
  /** Its last state. */
  readonly snapshot: Snapshot;
  /** Its steps. */
  readonly events: readonly StepEvent[];
  /** The states after its validations and checkpoints. */
  readonly dues: readonly Snapshot[];
  /** Why it ended early, or null. */
  readonly earlyEnd: string | null;
}

/** Trains the tiny network for some steps, each due for everything. */
export async function trainTiny(
  engine: Engine,
  { steps, plan, validate = () => null, ...parts }:
    & Partial<Omit<TrainParts, "plan">>
    & {
      readonly steps: number;
      readonly plan?: Partial<TrainPlan>;
      readonly validate?: (step: number) => Validation["scores"] | null;
    },
): Promise<Trained> {
  const network = parts.network ?? tinyNetwork();
  const optimizer = parts.optimizer ?? optimizers.create(
    optimizers.schema.parse({ type: "adam", learningRate: .01 }),
  );
  const { slotNames } = optimizer;
  const events: StepEvent[] = [], dues: Snapshot[] = [];
  let earlyEnd: string | null = null;
  using last = await train({
    network,
    targets: [targets.create(targets.schema.parse({ type: "binary" }))],
    terms: termsOf({ type: "bce" }),
    optimizer,
    engine,
    schedule: () => 1,
    batches: tinyBatches(2),
    start: firstSnapshot(network, {
      slotNames,
      keepsMean: Boolean(parts.averaging),
    }, openRng(1)),
    validations: [],
    seed: 1,
    observer: {
      onStep: (event) => void events.push(event),
      async onDue({ step }: Due, state) {
        dues.push(await state.snapshot(slotNames));
        const scores = validate(step);
        return scores && { step, scores };
      },
      onEarlyEnd: (_state, reason) => {
        earlyEnd = reason;
        return Promise.resolve();
      },
    },
    ...parts,
    plan: {
      totalSteps: steps,
      saveEverySteps: 1,
      validateEverySteps: 1,
      onNan: "stop",
      ...plan,
    },
  });
  return { snapshot: await last.snapshot(slotNames), events, dues, earlyEnd };
}
