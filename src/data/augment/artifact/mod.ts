/**
 * Artifacts of sections: where they come from, and how they are blended in.
 *
 * @module
 */
import * as z from "zod";
import { type Catalog, catalog, fraction } from "@/core/mod.ts";
import type { Augmentation } from "../_augmentation.ts";
import { artifactFile } from "./file.ts";
import { trainingArtifacts } from "./training.ts";
import type { ArtifactSource } from "./_source.ts";

export type {
  ArtifactSheets,
  ArtifactSource,
  ArtifactStack,
} from "./_source.ts";
export {
  type ArtifactParameters,
  type Artifacts,
  openArtifacts,
} from "./open.ts";

/** Where artifacts can come from; `members` is what can be done to them (AUG-8). */
export function artifactSourcesOf(
  members: Catalog<Augmentation>,
): Catalog<ArtifactSource> {
  const chain = (byDefault: readonly object[], summary: string) =>
    z.array(members.schema).readonly().prefault(byDefault as never)
      .describe(summary);
  return catalog<ArtifactSource>("artifact source", [
    artifactFile,
    trainingArtifacts,
  ], {
    minMasked: fraction(
      0.05,
      "least share of a section, or of a smaller artifact, to be covered",
    ),
    augmentGrey: chain(
      [{ type: "intensity", scale: [0.9, 1.1], shift: [-0.1, 0.1] }],
      "what is done to the grey values of an artifact alone, first",
    ),
    augment: chain(
      [
        {
          type: "elastic",
          controlPointSpacing: [4, 40, 40],
          jitterSigma: [0, 2, 2],
          rotationInterval: [0, Math.PI / 2],
          probSlip: 0,
          probShift: 0,
        },
        { type: "simple", flipZ: 0 },
      ],
      "what is done to its grey values and its mask",
    ),
  });
}
