import * as z from "zod";
import { augmentations, samplers, targets } from "@/data/mod.ts";
import { blends, ttas } from "@/infer/mod.ts";
import { nets } from "@/model/mod.ts";
import { optimizers, schedules } from "@/train/mod.ts";
import { choice, deciding, flag } from "@/core/mod.ts";
import { dataSchema } from "./data_schema.ts";
import { evaluateSchema, postprocessSchema } from "./evaluate_schema.ts";
import { headsSchema, termsSchema } from "./heads_schema.ts";
import { part } from "./part.ts";
import { submissionSchema } from "./submission_schema.ts";
import { trainSchema } from "./train_schema.ts";

const name = z.string().regex(/^[A-Za-z0-9][\w.+-]{0,79}$/).meta({
  title: "a name of at most 80 letters, digits, dots, dashes and underscores",
});

const patterns = z.array(z.string().min(1)).default([]);

const init = z.strictObject({
  run: z.string().min(1).optional().describe(
    "finished run that has the weights, named as in every command: id, last, NAME, NAME@best; in a matrix also such as @stage=base, the variant that differs in this alone, which is run first",
  ),
  file: z.string().min(1).optional()
    .describe(
      "safetensors file that has them, or the beginning of a checkpoint's SHA-256 on record",
    ),
  weights: choice(["best", "last"], "best", "which weights of the run"),
  skip: patterns.describe(
    "weights that are drawn nevertheless, such as head: names of layers with * and **",
  ),
}).refine(({ run, file }) => !(run && file), {
  message: "run and file are both given",
  params: { fix: "Remove one of the two" },
}).refine(({ run, file, skip }) => run || file || skip.length === 0, {
  message: "it skips weights, but names no run or file that has them",
  params: { fix: "Add run or file, or remove skip" },
}).describe(
  "weights to begin with (fine-tuning); without run and file they are drawn",
);

const infer = z.strictObject({
  patchVox: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)])
    .readonly().optional()
    .describe("extent of a tile in voxels, z y x; the sampler's by default"),
  overlap: z.number().min(0).max(0.9).default(0.5).describe(
    "share of a tile that its neighbour covers too",
  ),
  blend: part(blends, "ramp").describe("how overlapping tiles are mixed"),
  tta: deciding(
    "measurement",
    part(ttas, "none").describe("test-time augmentation"),
  ),
}).describe("how the network is applied to a whole volume");

const report = z.strictObject({
  atEnd: flag(true, "write a report when the run ends"),
  compareWith: z.array(z.string().min(1)).default([]).describe(
    "runs shown beside this one, named as in every command: id, last, NAME, NAME@best, NAME@loss=dice",
  ),
}).describe("the page that is written when the run ends");

/**
 * What an experiment file can say, its defaults, what each key means, and which
 * keys do not decide the weights that training ends with.
 */
export const specSchema = z.strictObject({
  name: deciding(
    "nothing",
    name.describe(
      "what records and reports call it; the file's name by default",
    ),
  ),
  summary: deciding(
    "nothing",
    z.string().max(200).default("").describe(
      "what the experiment is about, in one line",
    ),
  ),
  notes: deciding(
    "nothing",
    z.string().max(20_000).default("").describe("anything worth remembering"),
  ),
  tags: deciding(
    "nothing",
    z.array(z.string().min(1).max(80)).default([]).describe(
      "words to find the experiment by",
    ),
  ),
  seed: z.int().min(0).default(1).describe("decides every random number"),
  data: dataSchema,
  sampler: part(samplers, "uniform").describe(
    "where training samples come from",
  ),
  augment: z.array(augmentations.schema).default([]).describe(
    "random changes of training samples, applied in this order",
  ),
  target: part(targets, "binary").describe("what the network should say"),
  model: nets.schema.describe("the network"),
  loss: z.strictObject({
    terms: termsSchema,
    levels: z.array(z.number().min(0)).default([]).describe(
      "deep supervision: weight of the whole loss at each coarser level of the decoder, finest first",
    ),
  }).describe("what training minimises"),
  heads: headsSchema,
  init: init.prefault({}),
  freeze: patterns.describe(
    "weights that training leaves as they are: names of layers with * and **, such as encoder*",
  ),
  optimizer: part(optimizers, "adam").describe("how the weights are changed"),
  schedule: part(schedules, "constant").describe("the learning rate's course"),
  train: trainSchema.prefault({} as never),
  infer: infer.prefault({}),
  postprocess: deciding("measurement", postprocessSchema),
  evaluate: evaluateSchema.prefault({}),
  submission: deciding("nothing", submissionSchema.optional()),
  report: deciding("nothing", report.prefault({})),
});
