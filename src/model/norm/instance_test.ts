import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { normalised } from "./_testing.ts";

testOpOnEngines("instance() takes each sample and channel by itself", () => {
  // By sample and channel: 0 and 4, 5 and 15; 1 and 3, 7 and 7.
  const features = tf.tensor5d([0, 5, 4, 15, 1, 7, 3, 7], [2, 1, 1, 2, 2]);
  const y = normalised({ type: "instance" }, features);
  assertTensor(y, [2, 1, 1, 2, 2], [-1, -1, 1, 1, -1, 0, 1, 0], 1e-4);
});
