import { throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { normalised } from "./_testing.ts";

// Two voxels of four channels: the first two have mean 2 and deviation 2, the
// other two 10 and 5.
const features = () => tf.tensor5d([0, 4, 5, 15, 4, 0, 15, 5], [1, 1, 1, 2, 4]);

testOpOnEngines("group() takes statistics over groups of channels", () => {
  const y = normalised({ type: "group", groups: 2 }, features());
  assertTensor(y, [1, 1, 1, 2, 4], [-1, 1, -1, 1, 1, -1, 1, -1], 1e-4);
});

testOpOnEngines(
  "group() refuses groups that do not divide, with those that do",
  () => {
    throws(
      () => normalised({ type: "group", groups: 3 }, features()),
      /4 channels into 3 groups\n.*model\.norm\.groups\n.*Use 1, 2, 4, or/,
    );
  },
);
