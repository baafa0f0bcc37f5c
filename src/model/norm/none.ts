import * as tf from "@tensorflow/tfjs-core";
import { defineNorm } from "./_norm.ts";

/** No normalisation: a bias alone. */
export const none = defineNorm({
  name: "none",
  summary: "No normalisation: a bias alone",
  options: {},
  create: () => ({
    hasGamma: false,
    declare: (weights, channels) => weights.add("beta", [channels], "zeros"),
    apply: (weights, x) => tf.add<tf.Tensor5D>(x, weights.get("beta")),
  }),
});
