import { RunError } from "@/core/mod.ts";
import type { Forward } from "./forward.ts";

/**
 * A forward that fails at the first tile in which it does not say a number, so
 * that no file of them is written; `where` names the network.
 *
 * @throws {RunError} When a probability is NaN.
 */
export function numbersOnly(forward: Forward, where: string): Forward {
  return async (image, shapeVox) => {
    const probability = await forward(image, shapeVox);
    const at = probability.findIndex(Number.isNaN);
    if (at < 0) return probability;
    const isImage = image.some((grey) => !Number.isFinite(grey));
    throw new RunError(
      isImage
        ? "Cannot predict: the volume has grey values that are no numbers"
        : "Cannot predict: the network says NaN, its weights are no numbers",
      {
        where,
        fix: isImage
          ? "Repair the volume, or choose another region"
          : "Use the weights of another run, or train again with train.onNan: stop",
      },
    );
  };
}
