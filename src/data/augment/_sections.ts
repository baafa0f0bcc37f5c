import {
  choice,
  ExperimentError,
  fraction,
  type Rng,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import type { Augmentation } from "./_augmentation.ts";

/** What is drawn for the sections of a sample. */
export interface SectionChanges<Change> {
  /** One change for all sections, or one for each; null leaves them alone. */
  readonly changes: readonly (Change | null)[];
}

/** Whether sections are treated alike or each on its own (AUG-5). */
export interface SectionOptions {
  /** Each on its own, all alike, or either by chance. */
  readonly mode: "2d" | "3d" | "mix";
  /** Chance of each section where they are treated on their own. */
  readonly sectionP: number;
}

/** The options of {@linkcode SectionOptions} with their defaults. */
export function sectionOptions(
  mode: SectionOptions["mode"] = "mix",
  sectionP = 1,
) {
  return {
    mode: choice(
      ["2d", "3d", "mix"],
      mode,
      "each section on its own, all alike, or either by chance",
    ),
    sectionP: fraction(
      sectionP,
      "chance of each section where they are treated on their own",
    ),
  };
}

/** Matches the changes of the sections of a patch. */
export function changesOf<Change>(
  [depth]: Zyx,
  change: z.ZodType<Change>,
): { readonly changes: z.ZodType<readonly (Change | null)[]> } {
  return {
    changes: z.array(change.nullable()).readonly().refine(
      ({ length }) => length === 1 || length === depth,
      `it should have 1 for all sections, or ${depth}`,
    ),
  };
}

/** A change as it is drawn for one section, or for all of them. */
export interface DrawnChange<Change> {
  /** Draws it. */
  draw(rng: Rng): Change;
  /** Matches it. */
  readonly schema: z.ZodType<Change>;
}

/** What an augmentation draws that treats sections alike or each on its own. */
export function sectionDraws<Change>(
  options: SectionOptions,
  { draw, schema }: DrawnChange<Change>,
): Pick<Augmentation<SectionChanges<Change>>, "draw" | "schema"> {
  return {
    draw: (shapeVox, rng) => drawChanges(shapeVox, { ...options, draw }, rng),
    schema: (shapeVox) => z.strictObject(changesOf(shapeVox, schema)),
  };
}

/** Draws one change for all sections or one for each, as the mode says. */
export function drawChanges<Change>(
  [depth]: Zyx,
  { mode, sectionP, draw }: SectionOptions & Pick<DrawnChange<Change>, "draw">,
  rng: Rng,
): SectionChanges<Change> {
  const isWhole = mode === "3d" ||
    mode === "mix" && rng.at("mode").uniform(0, 1) < 0.5;
  if (isWhole) return { changes: [draw(rng)] };
  const chosen = rng.at("sections");
  return {
    changes: Array.from(
      { length: depth },
      () => chosen.uniform(0, 1) < sectionP ? draw(rng) : null,
    ),
  };
}

/**
 * The change of each section.
 *
 * @throws {ExperimentError} If there is neither one for all nor one for each.
 */
export function changesBySection<Change>(
  [depth]: Zyx,
  { changes }: SectionChanges<Change>,
): readonly (Change | null)[] {
  if (changes.length === depth) return changes;
  if (changes.length === 1) return new Array(depth).fill(changes[0]);
  throw new ExperimentError(
    `Cannot apply ${changes.length} changes to ${depth} sections`,
    { where: "changes", fix: `Give one change, or ${depth}` },
  );
}
