import * as z from "zod";
import {
  channelsIn,
  channelsOf,
  choice,
  ExperimentError,
  joinChannels,
  type Zyx,
} from "@/core/mod.ts";
import { defineTta } from "./_tta.ts";
import { startCombination } from "./combine.ts";
import {
  inverseOf,
  isTransposing,
  type Symmetry,
  transformed,
  turnVectors,
} from "./symmetry.ts";

const symmetriesOf: Readonly<Record<16 | 8 | 4, readonly Symmetry[]>> = {
  16: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  8: [0, 2, 4, 6, 8, 10, 12, 14], // no swap of y and x
  4: [0, 2, 4, 6], // flips of y and x
};

/**
 * Looks at each tile flipped and transposed, turns each answer back and combines
 * them voxel by voxel (A2): the 16 symmetries of the report, the 8 without the
 * swap of y and x, or the 4 in-plane flips. Vectors turn back with their voxels,
 * and their mean is taken.
 */
export const flips = defineTta({
  name: "flips",
  summary:
    "Looks at each tile flipped and transposed, and combines the answers",
  options: {
    variants: z.literal([16, 8, 4]).default(16).describe(
      "16: flips and swap of y and x; 8: flips of z, y, x; 4: flips of y, x",
    ),
    combine: choice(
      ["mean", "median", "min", "max"],
      "mean",
      "of the answers; median keeps them in a temporary file",
    ),
  },
  create: ({ variants, combine }) => {
    const symmetries = symmetriesOf[variants];
    return {
      variants,
      checkPatch(patchVox) {
        if (symmetries.some(isTransposing)) checkSquare(patchVox);
      },
      wrap: (forward, quantity = "scalar") => async (image, shapeVox) => {
        const isVector = quantity === "vector";
        using combination = startCombination(
          isVector ? "mean" : combine,
          channelsOf(quantity) * image.length,
        );
        for (const symmetry of symmetries) {
          const answer = await forward(
            transformed(image, shapeVox, symmetry),
            shapeVox,
          );
          const back = inverseOf(symmetry);
          const turned = joinChannels(
            channelsIn(answer, image.length)
              .map((channel) => transformed(channel, shapeVox, back)),
          );
          if (isVector) turnVectors(turned, back);
          combination.add(turned);
        }
        return combination.result();
      },
    };
  },
});

function checkSquare([, height, width]: Zyx): void {
  if (height === width) return;
  throw new ExperimentError(
    `Cannot swap y and x of tiles of ${height} × ${width} voxels: ` +
      "they should be square",
    {
      where: "infer.tta",
      fix: "Set infer.patchVox[1] and infer.patchVox[2] to the same number, " +
        "or infer.tta.variants to 8",
    },
  );
}
