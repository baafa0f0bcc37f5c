import {
  ExperimentError,
  type Rng,
  type Sample,
  type Zyx,
} from "@/core/mod.ts";
import type { Augmentation } from "./_augmentation.ts";
import {
  type ArtifactChains,
  type Defect,
  type DefectParameters,
  defectsIn,
} from "./_defect_parameters.ts";
import { drawFold, foldFault } from "./_fold.ts";
import { meanInside } from "./_mean_inside.ts";
import {
  checkSection,
  foldMargin,
  foldSection,
  type SectionFold,
} from "./_section_fold.ts";
import { withoutMargin } from "./_without_margin.ts";
import type { Artifacts } from "./artifact/mod.ts";

/** The options that need no other component. */
export interface DefectOptions {
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
export function openDefect(
  options: DefectOptions,
  { artifacts = null, chains }: {
    readonly artifacts?: Artifacts | null;
    readonly chains?: ArtifactChains;
  } = {},
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
    schema: (shapeVox) => defectsIn(shapeVox, chains),
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
