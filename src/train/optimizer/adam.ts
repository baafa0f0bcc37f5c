import * as tf from "@tensorflow/tfjs-core";
import { flag, nonNegative, positive } from "@/core/mod.ts";
import { decaying, kernelsOnlyOption } from "./_decay.ts";
import { momentOptions, moments } from "./_moments.ts";
import { defineOptimizer } from "./_optimizer.ts";

/**
 * Adam (Kingma and Ba 2015), with the largest second moment so far in place of
 * the present one if `amsgrad` (Reddi et al. 2018). Weight decay is added to the
 * gradient. Step for step what torch.optim.Adam does; defaults of the report (A6).
 */
export const adam = defineOptimizer({
  name: "adam",
  summary: "Adam, by default with amsgrad as in the report",
  options: {
    learningRate: positive(0.0001, "step size before the schedule"),
    ...momentOptions,
    weightDecay: nonNegative(
      1e-6,
      "share of each weight added to its gradient",
    ),
    decayKernelsOnly: kernelsOnlyOption(),
    amsgrad: flag(true, "never let the second moment shrink"),
  },
  create({ learningRate, weightDecay, decayKernelsOnly, ...options }) {
    const { along, ...rest } = moments(options);
    return {
      ...rest,
      learningRate,
      update({ weights, isKernel, ...step }) {
        const decayed = () => decaying({ weights, isKernel }, decayKernelsOnly);
        const gradient = weightDecay > 0
          ? tf.add<tf.Tensor1D>(step.gradient, tf.mul(decayed(), weightDecay))
          : step.gradient;
        const { way, slots } = along({ ...step, gradient });
        return { weights: tf.sub(weights, way), slots };
      },
    };
  },
});
