import * as z from "zod";
import { ExperimentError, foundOnce, sizeOf, type Volume } from "@/core/mod.ts";
import type { SourceContext } from "../source/_source.ts";
import { type BadSection, detectBadSections } from "./detect.ts";
import { listedSections, lists } from "./lists.ts";
import type { BadSections } from "./options.ts";

/** Sections that are bad, each with what replaces it if that is said. */
export type BadOnes = ReadonlyMap<number, number | undefined>;

/** The bad sections of a volume: those that are named, and those that look it. */
export interface FoundBadSections {
  /** Those that an experiment names. */
  readonly named: BadOnes;
  /** Those that were found. */
  readonly detected: readonly BadSection[];
  /** All of them. */
  readonly sections: ReadonlySet<number>;
}

/**
 * Finds the bad sections of a volume (techniques A8.4).
 *
 * @throws {ExperimentError} If a section is named that is not there.
 * @throws {NotFoundYet} If they are wanted at once, not known yet and take long.
 */
export function findBadSections(
  volume: Volume,
  { place, ...plan }: BadSections & { readonly place: SourceContext },
): FoundBadSections {
  const named = new Map(
    namedSections(volume, plan, `${place.where}.source`),
  );
  const found = plan.detect ? detected(volume, place) : [];
  const sections = [...named.keys(), ...found.map(({ section }) => section)];
  return { named, detected: found, sections: new Set(sections) };
}

/** The sections an experiment names, each with what replaces it if it says so. */
function namedSections(
  { shapeVox: [depth] }: Volume,
  { preset, sections }: BadSections,
  where: string,
): readonly (readonly [number, number | undefined])[] {
  if (preset !== undefined && depth !== listedSections) {
    throw new ExperimentError(
      `Cannot take the list of ${preset}: it counts ${listedSections} ` +
        `sections, the volume has ${depth}`,
      {
        where: `${where}.badSections.preset`,
        fix: "Keep the report's context: { sections: 14, pixels: 200 }",
      },
    );
  }
  const named = [
    ...preset === undefined ? [] : lists[preset],
    ...sections.map((one) =>
      typeof one === "number" ? [one, undefined] as const : one
    ),
  ];
  const outside = named.flat().find((section) => (section ?? 0) >= depth);
  if (outside === undefined) return named;
  throw new ExperimentError(
    `Cannot find section ${outside}: the volume has ${depth}, from 0 on`,
    {
      where: `${where}.badSections.sections`,
      fix: `Write numbers up to ${depth - 1}`,
    },
  );
}

const foundSections: z.ZodType<readonly BadSection[]> = z.array(z.strictObject({
  section: z.int().min(0),
  why: z.enum(["missing", "of low contrast", "unlike its neighbours"]),
}));

/** About so many voxels are looked at in half a second. */
const quicklyRead = 1 << 24;

/** What detection finds, found once for equal data. */
function detected(
  volume: Volume,
  place: SourceContext,
): readonly BadSection[] {
  const { origin, shapeVox, inputs } = volume;
  const find = () => detectBadSections(volume);
  if (origin?.isMade) return find();
  return foundOnce(place, {
    kind: "sections",
    key: {
      form: 2, // of sections as they are, torn ones too
      ...{ origin, shapeVox },
      files: inputs.map(({ sha256 }) => sha256),
    },
    schema: foundSections,
    find,
    slow: sizeOf(shapeVox) > quicklyRead && {
      what: "bad sections to be found",
      where: place.where,
    },
  });
}
