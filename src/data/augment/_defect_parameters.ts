import * as z from "zod";
import { mapZyx, type Zyx } from "@/core/mod.ts";
import { pixel, sectionIn } from "./_parameters.ts";
import { foldIn, type SectionFold } from "./_section_fold.ts";
import type { ArtifactParameters } from "./artifact/mod.ts";
import { type Chain, stepRecords } from "./chain.ts";

/** What the augmentation `defect` does to one section. */
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

/** What the augmentation `defect` does to one sample. */
export interface DefectParameters {
  /** The defects, at most one for each section, lowest section first. */
  readonly defects: readonly Defect[];
}

/** What is done to an artifact, to its grey values or to its mask too. */
export type ArtifactChains = Readonly<Record<"grey" | "both", Chain>>;

/** Matches parameters for an extent, what is done to artifacts too if that is known. */
export function defectsIn(
  shapeVox: Zyx,
  chains: ArtifactChains | undefined,
): z.ZodType<DefectParameters> {
  return z.strictObject({
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
  });
}

function artifactIn(
  shapeVox: Zyx,
  chains: ArtifactChains | undefined,
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
