import { deepStrictEqual } from "node:assert/strict";
import { findCandidates } from "./candidates.ts";
import { featureNames, featuresOf } from "./features.ts";

Deno.test("featuresOf() says what featureNames names", () => {
  const [candidate] = findCandidates([{
    objects: Int32Array.of(1, 1, 1, 1),
    segments: Uint32Array.of(3, 3, 4, 4),
    polarity: Float32Array.of(1, -0.5, -0.25, -0.25),
  }], {
    ...{ minContactVox: 1, pairsPerSynapse: 0, gapVox: 0 },
    shape: [1, 4],
  });
  const features = featuresOf(candidate!, [40, 4, 50]);
  deepStrictEqual(
    Object.fromEntries(featureNames.map((n, i) => [n, features[i]])),
    {
      "log contact faces": Math.log(2),
      "log presynaptic voxels": Math.log(3),
      "log postsynaptic voxels": Math.log(3),
      "presynaptic polarity": 0.25,
      "postsynaptic polarity": -0.25,
      "presynaptic agreement": 0.5,
      "postsynaptic agreement": 1,
      "distance in 100 nm": 1, // from the first voxel to the third
      "log voxels of the synapse": Math.log(5),
      "neurons of the synapse": 2,
      "rank in the synapse": 0,
    },
  );
});
