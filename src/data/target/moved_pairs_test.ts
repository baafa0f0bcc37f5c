import { deepStrictEqual } from "node:assert/strict";
import { mapZyx, type Sample, type Zyx } from "@/core/mod.ts";
import { augmentations } from "@/data/mod.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { tracedPatch } from "@test/contract/augmentations.ts";
import { movedPairs } from "./moved_pairs.ts";

const pairs = [
  { preVox: [1.2, 3.4, 5.1], postVox: [2, 8.25, 6] },
  { preVox: [-1.5, 2, 40], postVox: [0.5, -7, 12] }, // sites outside
] as const;

function traced(shapeVox: Zyx): Sample {
  const sample = tracedPatch(shapeVox);
  return { ...sample, partners: { ...sample.partners!, pairs } };
}

/** Where an augmentation puts the pairs. */
function movedBy(entry: Record<string, unknown>, parameters: unknown) {
  const { apply } = augmentations.create(augmentations.schema.parse(entry));
  const sample = apply(traced([4, 16, 16]), parameters);
  return movedPairs(sample as Parameters<typeof movedPairs>[0]);
}

function assertNear(
  moved: ReturnType<typeof movedPairs>,
  expected: (place: Zyx) => Zyx,
): void {
  for (const [i, { preVox, postVox }] of pairs.entries()) {
    for (
      const [is, was] of [
        [moved[i]!.preVox, preVox],
        [moved[i]!.postVox, postVox],
      ] as const
    ) {
      const should = expected(was);
      mapZyx((axis) => {
        assertAlmostEquals(is[axis], should[axis], 1e-4);
        return 0;
      });
    }
  }
}

Deno.test("movedPairs() finds sites where they are, the ones outside too", () => {
  assertNear(
    movedPairs(traced([4, 16, 16]) as Parameters<typeof movedPairs>[0]),
    (place) => place,
  );
});

Deno.test("movedPairs() turns with every flip and transposition", () => {
  for (let bits = 0; bits < 16; bits++) {
    const turn = {
      flipZ: (bits & 8) !== 0,
      flipX: (bits & 4) !== 0,
      flipY: (bits & 2) !== 0,
      transpose: (bits & 1) !== 0,
    };
    assertNear(movedBy({ type: "simple" }, turn), ([z, y, x]) => {
      const flipped: Zyx = [
        turn.flipZ ? 3 - z : z,
        turn.flipY ? 15 - y : y,
        turn.flipX ? 15 - x : x,
      ];
      return turn.transpose ? [flipped[0], flipped[2], flipped[1]] : flipped;
    });
  }
});

Deno.test("movedPairs() knows no place where the sample comes from one voxel", () => {
  const sample = traced([1, 1, 1]);
  sample.partners!.from.x.fill(7);
  deepStrictEqual(
    movedPairs(sample as Parameters<typeof movedPairs>[0])[0]!.preVox[0],
    1.2, // an axis of one voxel stays as it is
  );
});
