import * as tf from "@tensorflow/tfjs-core";
import type { Engine } from "@/engine/mod.ts";
import { type CompiledStep, stepTensors } from "./compiled_step.ts";
import { placesOf } from "./form.ts";
import { go, guardedInputs, guardedOutputs, guardStep } from "./guard.ts";
import type { StepParts } from "./parts.ts";
import { TrainState } from "./state.ts";
import { isFiniteStep, type Told } from "./told.ts";

/** The step that guards its state, and takes the memory of the one before. */
export function guardedStep(engine: Engine, parts: StepParts): CompiledStep {
  const { tellsNorm = false } = parts;
  const inputs = guardedInputs(parts), outputs = guardedOutputs(parts);
  const run = engine.compile("train_step", guardStep(parts), {
    takes: placesOf(inputs, "step.state"),
    splits: placesOf(inputs, "step.batch.samples"),
  });
  let may: tf.Tensor | null = null;
  return {
    async run(state, given) {
      const { step, gathered, forced } = given;
      const isGoing = !forced && may !== null;
      const before = isGoing
        ? may!
        : tf.scalar(forced ? go.always : go.ifSound);
      const earlier = gathered?.losses ?? [];
      const total = sumOfTotals(earlier);
      const buffers = tf.clone(state.buffers);
      const all = inputs.pack({
        may: before,
        gathered: total,
        buffers,
        step: stepTensors(state, given),
      });
      await run.prepare(all);
      const found = outputs.unpack(run(all));
      tf.dispose([before, total, buffers]);
      state[Symbol.dispose](); // but for buffers, all of it was taken
      if (!isGoing) may?.dispose();
      may = found.may;
      const reading = Promise.all(
        [...earlier, found.told].map((tensor) => tensor.data()),
      );
      found.told.dispose();
      return {
        next: new TrainState(step, found.state),
        told: reading.then((numbers) => readTold(numbers, { tellsNorm })),
      };
    },
    goOn() {
      may?.dispose();
      may = null;
    },
    [Symbol.dispose]() {
      may?.dispose();
      run[Symbol.dispose]();
    },
  };
}

/** The sum of the total losses of batches, `[1]`. */
function sumOfTotals(losses: readonly tf.Tensor1D[]): tf.Tensor {
  return tf.tidy(() =>
    losses.reduce<tf.Tensor>(
      (sum, ofBatch) => tf.add(sum, tf.slice(ofBatch, [0], [1])),
      tf.zeros([1]),
    )
  );
}

/** What a guarded step says, after the losses of the batches before its own. */
function readTold(
  found: readonly ArrayLike<number>[],
  { tellsNorm }: { readonly tellsNorm: boolean },
): Told {
  const [kept, ...numbers] = Array.from(found.at(-1)!);
  const gradientNorm = tellsNorm ? numbers.pop()! : null;
  const losses = [
    ...found.slice(0, -1).map((ofBatch) => Array.from(ofBatch)),
    numbers,
  ];
  const isKept = kept === 1;
  const isSound = isKept && isFiniteStep({ losses, gradientNorm });
  return { losses, gradientNorm, isSound, isKept };
}
