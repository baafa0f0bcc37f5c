import * as tf from "@tensorflow/tfjs-core";
import { positive } from "@/core/mod.ts";
import { defineLoss, type LossInput } from "./_loss.ts";
import { meanOverLabelled } from "./_mean.ts";
import { overOption } from "./_over.ts";

/**
 * Boundary loss (Kervadec et al. 2019): the mean over the labelled voxels of
 * `φ p`, where `φ` is the distance to the border of a cleft, negative in clefts.
 * So cleft costs the more the further it is from where it should be; a perfect
 * prediction gives the mean of `min(φ, 0)`. It is 0 for a patch that is all cleft
 * or has none, so mix it with a loss that looks at areas.
 *
 * Distances are in nanometres between centres of voxels; the authors count
 * voxels, one less inside.
 */
export const boundary = defineLoss({
  name: "boundary",
  summary:
    "Distance from the border of the true cleft, to be mixed with others",
  options: {
    over: overOption(),
    unitNm: positive(50, "distance that counts 1"),
  },
  create: ({ over, unitNm }) =>
    Object.assign(
      (input: LossInput) =>
        tf.tidy(() => {
          if (!input.distanceNm) {
            throw new TypeError("Cannot compute boundary() without distanceNm");
          }
          const p = tf.sigmoid(input.logits);
          const each = tf.mul(p, tf.div(input.distanceNm, unitNm)); // [N, D, H, W, 1]
          return meanOverLabelled(each, input, { over, useWeights: false });
        }),
      { needs: "distanceNm" as const },
    ),
});
