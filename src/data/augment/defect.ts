import {
  type Catalog,
  type Component,
  flag,
  fraction,
  nonNegative,
  whole,
} from "@/core/mod.ts";
import type * as z from "zod";
import { type Augmentation, defineAugmentation } from "./_augmentation.ts";
import type { DefectParameters } from "./_defect_parameters.ts";
import { openDefect } from "./_open_defect.ts";
import {
  type ArtifactSheets,
  type ArtifactSource,
  openArtifacts,
} from "./artifact/mod.ts";
import { openChain } from "./chain.ts";

/** The artifacts of gunpowder's CREMI example. */
const cremiFile = {
  type: "file",
  file: "sample_ABC_padded_20160501.defects.hdf",
  resolutionNm: [40, 4, 4],
};

/** The chances and the contrast of gunpowder's CREMI example. */
const cremiOptions = {
  probMissing: 0.03,
  probLowContrast: 0.01,
  probArtifact: 0.03,
  probDeform: 0,
  contrastScale: 0.1,
  artifacts: cremiFile,
  deformLabels: false,
};

/**
 * Defects of sections (AUG-7, gunpowder's DefectAugment): one number decides
 * whether a section is missing (0 everywhere), of low contrast (closer to its
 * mean), has an artifact blended in (AUG-8), or is folded (AUG-9). Labels stay
 * but in folds, where they move with what is seen unless told otherwise: what was
 * there before the section was lost is still to be found, from its neighbours.
 *
 * `sources` is where artifacts come from, `members` what is done to them.
 */
export function defectOf(
  sources: Catalog<ArtifactSource>,
  members: Catalog<Augmentation>,
): Component<Augmentation<DefectParameters>> {
  return defineAugmentation({
    name: "defect",
    summary: "Sections that are missing, faint, folded, or have an artifact",
    options: {
      probMissing: fraction(0.05, "chance that a section is missing"),
      probLowContrast: fraction(0.05, "chance that one has low contrast"),
      probArtifact: fraction(0, "chance that an artifact is blended into one"),
      probDeform: fraction(0, "chance that one is folded"),
      contrastScale: nonNegative(
        0.1,
        "what low contrast multiplies distances from the mean by",
      ),
      deformationStrength: whole(
        20,
        "voxels by which both sides of a fold move towards it",
      ),
      iterations: whole(10, "half the width of a fold in voxels"),
      deformLabels: flag(true, "labels move with a folded section"),
      artifacts: sources.schema.optional().describe(
        "where artifacts come from: { type: file, file: … } or { type: training }",
      ),
    },
    presets: {
      gunpowder: {
        summary: "gunpowder's defaults",
        options: {
          probMissing: 0.05,
          probLowContrast: 0.05,
          probArtifact: 0,
          probDeform: 0,
          contrastScale: 0.1,
          deformationStrength: 20,
          iterations: 10,
          deformLabels: false,
        },
      },
      cremi: {
        summary: "gunpowder's CREMI example, which the report cites",
        options: { ...cremiOptions, deformationStrength: 20 },
      },
      cnnectome: {
        summary: "CNNectome's, with more contrast left",
        options: {
          ...cremiOptions,
          contrastScale: 0.5,
          deformationStrength: 20,
        },
      },
      report: {
        summary: "the report's thresholds 0.03, 0.04, 0.07, 0.07; no strength",
        options: { ...cremiOptions, deformationStrength: 0 },
      },
    },
    create: ({ artifacts: entry, ...options }) => {
      const { probArtifact } = options;
      if (probArtifact === 0 || !entry) return openDefect(options);
      const chain = (key: string) =>
        openChain(
          entry[key] as z.output<typeof members.schema>[],
          members.create,
        );
      const chains = { grey: chain("augmentGrey"), both: chain("augment") };
      const minMasked = Number(entry.minMasked);
      return {
        ...openDefect(options, { chains }),
        needs: {
          load: (context) => sources.create(entry).load(context),
          with: (resource) =>
            openDefect(options, {
              artifacts: openArtifacts(resource as ArtifactSheets, {
                minMasked,
                ...chains,
              }),
              chains,
            }),
        },
      };
    },
  });
}
