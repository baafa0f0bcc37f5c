import {
  type Catalog,
  type Component,
  ExperimentError,
  flag,
  fraction,
  mapZyx,
  nonNegative,
  type Rng,
  type Sample,
  whole,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { type Augmentation, defineAugmentation } from "./_augmentation.ts";
import { drawFold, foldFault } from "./_fold.ts";
import { meanInside } from "./_mean_inside.ts";
import { pixel, sectionIn } from "./_parameters.ts";
import {
  checkSection,
  foldIn,
  foldMargin,
  foldSection,
  type SectionFold,
} from "./_section_fold.ts";
import { withoutMargin } from "./_without_margin.ts";
import {
  type ArtifactParameters,
  type Artifacts,
  type ArtifactSheets,
  type ArtifactSource,
  openArtifacts,
} from "./artifact/mod.ts";
import { type Chain, openChain, stepRecords } from "./chain.ts";

/** What {@linkcode defectOf} does to one section. */
export type Defect =
  | { readonly kind: "missing"; readonly section: number }
  | {
    readonly kind: "lowContrast";
    readonly section: number;
    /** What distances from the mean are multiplied by. */
    readonly scale: number;
  }
  | (
    & { readonly kind: "artifact"; readonly section: number }
    & ArtifactParameters
  )
  | ({ readonly kind: "deformed" } & SectionFold);

/** What {@linkcode defectOf} does to one sample. */
export interface DefectParameters {
  /** The defects, at most one for each section, lowest section first. */
  readonly defects: readonly Defect[];
}

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
      if (probArtifact === 0 || !entry) return openDefect(options, null);
      const chain = (key: string) =>
        openChain(
          entry[key] as z.output<typeof members.schema>[],
          members.create,
        );
      const chains = { grey: chain("augmentGrey"), both: chain("augment") };
      const minMasked = Number(entry.minMasked);
      return {
        ...openDefect(options, null, chains),
        needs: {
          load: (context) => sources.create(entry).load(context),
          with: (resource) =>
            openDefect(
              options,
              openArtifacts(resource as ArtifactSheets, {
                minMasked,
                ...chains,
              }),
              chains,
            ),
        },
      };
    },
  });
}

/** The options that need no other component. */
interface DefectOptions {
  readonly probMissing: number;
  readonly probLowContrast: number;
  readonly probArtifact: number;
  readonly probDeform: number;
  readonly contrastScale: number;
  readonly deformationStrength: number;
  readonly iterations: number;
  readonly deformLabels: boolean;
}

/** Defects with the artifacts that were read, if they were. */
function openDefect(
  options: DefectOptions,
  artifacts: Artifacts | null,
  chains?: Readonly<Record<"grey" | "both", Chain>>,
): Augmentation<DefectParameters> {
  const { probMissing, probLowContrast, probArtifact, probDeform } = options;
  const toLow = probMissing + probLowContrast;
  const toArtifact = toLow + probArtifact, toDeform = toArtifact + probDeform;

  function drawDefect(
    section: number,
    [, height, width]: Zyx,
    number: number,
    rng: Rng,
  ): Defect | null {
    if (number < probMissing) return { kind: "missing", section };
    if (number < toLow) {
      return { kind: "lowContrast", section, scale: options.contrastScale };
    }
    if (number < toArtifact) {
      const drawn = opened(artifacts).draw([height, width], rng);
      return { kind: "artifact", section, ...drawn };
    }
    if (number >= toDeform) return null;
    return {
      kind: "deformed",
      section,
      ...drawFold([height, width], options, rng),
      fill: "zero",
      labels: options.deformLabels ? "move" : "stay",
      binarizeAbove: 0.5,
    };
  }

  return {
    check(shapeVox) {
      const [, height, width] = shapeVox;
      if (toDeform > 1 + 1e-9) {
        return `the chances of its defects add up to ${+toDeform.toFixed(
          6,
        )}, ` +
          "lower them to 1 at most";
      }
      if (probArtifact > 0 && !chains) {
        return "probArtifact is above 0, but artifacts does not say where " +
          "they come from";
      }
      for (const chain of Object.values(chains ?? {})) {
        const fault = chain.check?.([1, height, width]);
        if (fault) return `artifacts: ${fault}`;
        if (chain.needs) return "artifacts: what is done to them reads files";
      }
      return probDeform > 0 ? foldFault([height, width], options) : undefined;
    },
    draw(shapeVox: Zyx, rng: Rng): DefectParameters {
      const chance = rng.at("sections");
      const defects: Defect[] = [];
      for (let section = 0; section < shapeVox[0]; section++) {
        const stream = rng.at("section", section);
        const drawn = drawDefect(
          section,
          shapeVox,
          chance.uniform(0, 1),
          stream,
        );
        if (drawn) defects.push(drawn);
      }
      return { defects };
    },
    schema: (shapeVox) =>
      z.strictObject({
        defects: z.array(z.discriminatedUnion("kind", [
          z.strictObject({
            kind: z.literal("missing"),
            section: sectionIn(shapeVox),
          }),
          z.strictObject({
            kind: z.literal("lowContrast"),
            section: sectionIn(shapeVox),
            scale: z.number(),
          }),
          artifactIn(shapeVox, chains),
          foldIn(shapeVox).extend({ kind: z.literal("deformed") }),
        ])).readonly(),
      }),
    marginVox: (_shapeVox: Zyx, { defects }: DefectParameters) =>
      foldMargin(foldsOf(defects)),
    apply(sample, { defects }: DefectParameters) {
      const marginVox = foldMargin(foldsOf(defects));
      const result = withoutMargin(sample, marginVox);
      for (const defect of defects) {
        checkSection(defect.section, result);
        if (defect.kind === "deformed") {
          foldSection(sample, { marginVox, to: result, fold: defect });
        } else {
          changeSection(result, defect, artifacts);
        }
      }
      return result;
    },
  };
}

/** Matches an artifact in a section, what is done to it too if that is known. */
function artifactIn(
  shapeVox: Zyx,
  chains: Readonly<Record<"grey" | "both", Chain>> | undefined,
) {
  const [, height, width] = shapeVox, sectionVox: Zyx = [1, height, width];
  return z.strictObject({
    kind: z.literal("artifact"),
    section: sectionIn(shapeVox),
    sheet: z.int().min(0),
    startVox: pixel,
    grey: stepRecords,
    both: chains?.both.schema(sectionVox) ?? stepRecords,
  }).superRefine(({ grey, both }, context) => {
    if (!chains) return;
    const marginVox = chains.both.marginVox!(sectionVox, both);
    const wideVox = mapZyx((a) => sectionVox[a] + 2 * marginVox[a]);
    const { error } = chains.grey.schema(wideVox).safeParse(grey);
    for (const issue of error?.issues ?? []) {
      context.addIssue({ ...issue, path: ["grey", ...issue.path] });
    }
  });
}

function foldsOf(defects: readonly Defect[]): SectionFold[] {
  return defects.filter((defect) => defect.kind === "deformed");
}

/** Changes the grey values of a section in place. */
function changeSection(
  sample: Sample,
  defect: Exclude<Defect, { kind: "deformed" }>,
  artifacts: Artifacts | null,
): void {
  const { image, shapeVox: [, height, width] } = sample;
  const at = defect.section * height * width;
  const grey = image.subarray(at, at + height * width);
  switch (defect.kind) {
    case "missing":
      grey.fill(0);
      break;
    case "lowContrast": {
      const mean = meanInside(sample, { from: defect.section, sections: 1 });
      const { scale } = defect;
      for (let i = 0; i < grey.length; i++) {
        grey[i] = (grey[i]! - mean) * scale + mean;
      }
      break;
    }
    case "artifact":
      opened(artifacts).blend(grey, [height, width], defect);
  }
}

function opened(artifacts: Artifacts | null): Artifacts {
  if (artifacts) return artifacts;
  throw new ExperimentError("Cannot blend an artifact: none were read", {
    where: "artifacts",
    fix: "Name where they come from, or leave artifacts out of the defects",
  });
}
