import * as z from "zod";
import { flag } from "@/core/mod.ts";
import { sources } from "@/data/mod.ts";
import type { Frozen } from "./freeze.ts";

/** Volumes to predict for others, and the files that their clefts go to. */
export const submissionVolumes = z.array(z.strictObject({
  file: z.string().regex(/^[\w+-][\w.+-]*\.(hdf|h5|hdf5)$/).meta({
    title: "a name that ends with .hdf, without folders",
  }).describe("what the file of clefts is called"),
  source: sources.schema.describe(
    "where the volume comes from; what is found goes back to where its file has it",
  ),
})).min(1).superRefine((list, context) => {
  for (const [i, { file }] of list.entries()) {
    if (list.findIndex((other) => other.file === file) === i) continue;
    context.addIssue({
      code: "custom",
      path: [i, "file"],
      message: "another volume's file has this name",
      params: { fix: "Give each file a name of its own" },
    });
  }
});

/** What an experiment hands in. */
export const submissionSchema = z.strictObject({
  volumes: submissionVolumes.describe("the volumes"),
  atEnd: flag(true, "predict and write them when the run ends"),
}).describe(
  "volumes whose clefts are handed in to the challenge: predicted, brought back, post-processed, written; by deno task export too",
);

/** Volumes to predict for others, checked. */
export type SubmissionVolumes = Frozen<z.output<typeof submissionVolumes>>;
