import * as z from "zod";
import { choice, flag, type Options } from "@/core/mod.ts";
import { listNames } from "./lists.ts";

const section = z.int().min(0);

/** Sections, each alone or with the one that is put in its place. */
const sections = z.array(
  z.union([section, z.tuple([section, section]).readonly()]),
);

/** How a source names bad sections, and what becomes of them. */
export const badSectionOptions = {
  badSections: z.strictObject({
    preset: z.enum(listNames).optional().describe(
      "the report's list for a volume of CREMI with 14 sections of context",
    ),
    sections: sections.default([]).describe(
      "sections of the volume as it is seen, the first is 0; [5, 3] is replaced by section 3",
    ),
    detect: flag(
      false,
      "also those that are missing, of low contrast, or unlike both neighbours that are like each other",
    ),
    policy: choice(
      ["keep", "replace", "interpolate"],
      "keep",
      "what is seen in their place: themselves, the nearest good section, or what lies between those before and behind",
    ),
    copyPredictions: sections.default([]).describe(
      "sections of a prediction, the first is 0, that get that of the section before, or of another: [5, 6]",
    ),
  }).optional().describe("sections that are missing, folded or faint"),
} as const;

/** What they say. */
export type BadSections = NonNullable<
  Options<typeof badSectionOptions>["badSections"]
>;
