import * as tf from "@tensorflow/tfjs-core";
import type { Batch } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import type { Gathered, Update } from "./compiled_step.ts";
import { placesOf } from "./form.ts";
import { guardedStep } from "./guarded_step.ts";
import type { StepParts } from "./parts.ts";
import { plainStep } from "./plain_step.ts";
import type { TrainState } from "./state.ts";
import { gatherStep } from "./step.ts";
import {
  batchForm,
  type BatchTensors,
  gatherInputs,
  gatherOutputs,
  scalarsForm,
} from "./step_form.ts";
import {
  type StepNumbers,
  stepSeed,
  uploadBatch,
  uploadScalars,
} from "./upload.ts";

/** What a training step is made of, and the seed of what layers draw. */
export interface UpdaterParts extends StepParts {
  /** Decides what layers such as dropout draw. */
  readonly seed: number;
}

/** What a step is to be. */
export interface StepRequest extends StepNumbers {
  /** Its batches, as many as accumulate. */
  readonly batches: readonly Batch[];
  /** Whether the state follows, however unsound the step is; not by default. */
  readonly forced?: boolean;
}

/** Computes steps; disposing it frees what was compiled. */
export interface Updater extends Disposable {
  /** How many steps can be under way besides the one whose losses are awaited. */
  readonly stepsAhead: number;
  /**
   * Begins a step of a state, which it takes over. A step that is not sound
   * leaves the state as it was, unless it is `forced`.
   */
  update(state: TrainState, request: StepRequest): Promise<Update>;
  /** Lets steps change the state again, after one that was not kept. */
  goOn(): void;
}

/** Compiles the step of a training. */
export function openUpdater(engine: Engine, parts: UpdaterParts): Updater {
  const step = engine.runsAhead
    ? guardedStep(engine, parts)
    : plainStep(engine, parts);
  const gather = openGathering(engine, parts);
  const batches = batchForm(parts), numbers = scalarsForm(parts);
  return {
    stepsAhead: engine.runsAhead ? 1 : 0,
    async update(state, { forced = false, ...request }) {
      const uploads = request.batches.map((batch, i) => () =>
        uploadBatch(batch, {
          factors: request.factors,
          seed: stepSeed(parts.seed, { step: request.step, batch: i }),
        })
      );
      const last = uploads.pop()!;
      const gathered = uploads.length > 0
        ? await gather.all(state, uploads)
        : null;
      const batch = last(), scalars = uploadScalars(parts, request);
      try {
        return await step.run(state, {
          step: request.step,
          gathered,
          batch,
          scalars,
          forced,
        });
      } finally {
        tf.dispose([...batches.pack(batch), ...numbers.pack(scalars)]);
        if (gathered) {
          tf.dispose([gathered.sum, gathered.buffers, ...gathered.losses]);
        }
      }
    },
    goOn: () => step.goOn(),
    [Symbol.dispose]() {
      step[Symbol.dispose]();
      gather[Symbol.dispose]();
    },
  };
}

/** Gathers the gradients of all batches of a step but the last. */
interface Gathering extends Disposable {
  /** The sum over some batches, each uploaded when its turn comes. */
  all(
    state: TrainState,
    uploads: readonly (() => BatchTensors)[],
  ): Promise<Gathered>;
}

function openGathering(engine: Engine, parts: StepParts): Gathering {
  const inputs = gatherInputs(parts), outputs = gatherOutputs();
  const batches = batchForm(parts);
  const run = engine.compile("gather_step", gatherStep(parts), {
    splits: placesOf(inputs, "batch.samples"),
  });
  return {
    async all({ weights, ...state }, uploads) {
      let sum = tf.zerosLike(weights), buffers = tf.clone(state.buffers);
      const losses: tf.Tensor1D[] = [];
      for (const upload of uploads) {
        const batch = upload();
        const all = inputs.pack({ weights, buffers, sum, batch });
        await run.prepare(all);
        const next = outputs.unpack(run(all));
        tf.dispose([sum, buffers, ...batches.pack(batch)]);
        ({ sum, buffers } = next);
        losses.push(next.losses);
      }
      return { sum, buffers, losses };
    },
    [Symbol.dispose]: () => run[Symbol.dispose](),
  };
}
