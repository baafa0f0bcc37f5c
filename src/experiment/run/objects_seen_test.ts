import { deepStrictEqual } from "node:assert";
import type { Evaluated } from "./evaluate.ts";
import { evaluated as one, evaluatedOf } from "./_gallery_testing.ts";
import { objectsSeen, objectsToShow } from "./objects_seen.ts";

function seenIn({ probability, patch, volume, scores }: Evaluated) {
  const { target, mask } = patch;
  const { shapeVox, voxelNm } = volume;
  const threshold = scores.threshold!;
  return objectsSeen({
    probability,
    target,
    mask,
    shapeVox,
    voxelNm,
    threshold,
  });
}

Deno.test("objectsSeen() tells found, missed and false objects, each with its middle", () => {
  deepStrictEqual(
    seenIn(one).map((object) => [
      object.kind,
      object.z,
      object.sections,
      object.sizeVox,
      Math.round(object.probability * 100) / 100,
      object.bounds(),
    ]),
    [
      ["found", 1, 3, 7, 0.36, [0, 0, 0, 2]],
      ["missed", 0, 1, 1, 0.3, [0, 6, 0, 6]],
      ["false", 2, 1, 2, 0.7, [0, 5, 0, 6]],
    ],
  );
});

Deno.test("objectsSeen() goes by what post-processing calls cleft", () => {
  const { probability, patch, volume } = one;
  const { target, mask } = patch;
  const { shapeVox, voxelNm } = volume;
  const input = {
    probability,
    target,
    mask,
    shapeVox,
    voxelNm,
    threshold: 0.5,
  };
  const nothing = objectsSeen({ ...input, cleft: new Uint8Array(24) });
  deepStrictEqual(nothing.map(({ kind }) => kind), ["missed", "missed"]);
});

Deno.test("objectsToShow() takes the least sure that are found, the largest of others", () => {
  const objects = (["found", "false", "missed"] as const).flatMap((kind) =>
    [[3, 0.9], [9, 0.5], [5, 0.7]].map(([sizeVox, probability]) => ({
      ...{
        kind,
        z: 0,
        sections: 1,
        sizeVox: sizeVox!,
        probability: probability!,
      },
      bounds: () => [0, 0, 0, 0] as const,
    }))
  );
  deepStrictEqual(
    objectsToShow(objects, 2).map(({ kind, sizeVox }) => [kind, sizeVox]),
    [
      ["found", 9],
      ["found", 5],
      ["false", 9],
      ["false", 5],
      ["missed", 9],
      ["missed", 5],
    ],
  );
});

Deno.test("objectsSeen() has bounds of an object as narrow as a voxel", () => {
  const [only] = seenIn(evaluatedOf(["x."], ["80"]));
  deepStrictEqual(only!.bounds(), [0, 0, 0, 0]);
});
