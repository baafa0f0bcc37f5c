import * as z from "zod";
import { choice, type Options, whole } from "@/core/mod.ts";
import { badSectionOptions } from "../bad_section/options.ts";
import { regionOptions } from "../volume/region.ts";

const align = z.strictObject({
  shifts: z.string().min(1).optional().describe(
    "file with a line of two numbers for each section, how far it has to go against the one before, in voxels; below a data root or absolute",
  ),
  estimate: z.boolean().optional().describe(
    "find the shifts from the grey values, in place of a file",
  ),
  columns: choice(["yx", "xy"], "yx", "order of the numbers in the file"),
  firstSection: z.int().min(0).optional().describe(
    "section of the volume that the file's first line is of",
  ),
  rounding: choice(
    ["away", "even"],
    "away",
    "where a place in the middle between two voxels goes: away from 0, or to the even one",
  ),
  driftSections: z.number().min(1).optional().describe(
    "of estimated shifts, what lasts for more sections is taken away",
  ),
  cracks: z.string().min(1).optional().describe(
    "puts torn sections together: detect finds them, else a file of masks says where their parts are",
  ),
}).refine(({ shifts, estimate }) => shifts === undefined || !estimate, {
  message: "it should have either shifts or estimate: true",
  params: { fix: "Remove one of the two" },
}).refine(({ shifts, estimate, cracks }) => shifts ?? cracks ?? estimate, {
  message: "it should have shifts, estimate: true or cracks",
  params: { fix: "Name a file by shifts, or set estimate: true" },
});

const context = z.strictObject({
  sections: whole(14, "sections before and behind"),
  pixels: whole(200, "voxels on each of the four sides"),
});

/** Options of any source that rearrange what it has. */
export const arrangeOptions = {
  blockVox: regionOptions.regionVox.describe(
    "the part that is worked on where sections are aligned or context is kept; what is labelled by default, else all",
  ),
  context: context.optional().describe(
    "what is seen around that part, without labels there; not measured, nor in predictions",
  ),
  align: align.optional().describe(
    "moves sections by whole voxels so that structure goes on; predictions go back",
  ),
  ...badSectionOptions,
} as const;

/** What they say. */
export type ArrangeOptions = Options<typeof arrangeOptions>;
