import * as tf from "@tensorflow/tfjs-core";
import type { Engine } from "@/engine/mod.ts";
import { type CompiledStep, stepTensors } from "./compiled_step.ts";
import { placesOf } from "./form.ts";
import type { StepParts } from "./parts.ts";
import { TrainState } from "./state.ts";
import { trainStep } from "./step.ts";
import { stepInputs, stepOutputs } from "./step_form.ts";
import { isFiniteStep } from "./told.ts";

/** The step as it is: its losses are read before its state is taken. */
export function plainStep(engine: Engine, parts: StepParts): CompiledStep {
  const inputs = stepInputs(parts), outputs = stepOutputs(parts);
  const run = engine.compile("train_step", trainStep(parts), {
    splits: placesOf(inputs, "batch.samples"),
  });
  return {
    async run(state, given) {
      const { step, gathered, forced } = given;
      const all = inputs.pack(stepTensors(state, given));
      await run.prepare(all);
      const found = outputs.unpack(run(all));
      const next = new TrainState(step, found.state);
      const losses: number[][] = [];
      for (const tensor of [...gathered?.losses ?? [], found.losses]) {
        losses.push([...await tensor.data()]);
      }
      const [gradientNorm = null] = await found.gradientNorm?.data() ?? [];
      tf.dispose([found.losses, found.gradientNorm ?? []]);
      const isSound = isFiniteStep({ losses, gradientNorm });
      const isKept = isSound || forced;
      (isKept ? state : next)[Symbol.dispose]();
      return {
        next: isKept ? next : new TrainState(step, state),
        told: Promise.resolve({ losses, gradientNorm, isSound, isKept }),
      };
    },
    goOn() {},
    [Symbol.dispose]: () => run[Symbol.dispose](),
  };
}
