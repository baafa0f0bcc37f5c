import * as z from "zod";
import {
  augmentations,
  regionOptions,
  samplers,
  sources,
  targets,
} from "@/data/mod.ts";
import { engineNames, precisionNames } from "@/engine/mod.ts";
import { blends, ttas } from "@/infer/mod.ts";
import { losses } from "@/loss/mod.ts";
import { everyOutput, metrics } from "@/metric/mod.ts";
import { nets } from "@/model/mod.ts";
import {
  choiceCount,
  firstChoice,
  mostChoices,
  orderFault,
  steps,
} from "@/postprocess/mod.ts";
import {
  averagings,
  clipOptions,
  optimizers,
  schedules,
  stopEarlyOptions,
} from "@/train/mod.ts";
import {
  type Catalog,
  choice,
  count,
  deciding,
  flag,
  positive,
  whole,
} from "@/core/mod.ts";
import { partnersSchema } from "./partners_schema.ts";
import { submissionSchema } from "./submission_schema.ts";

/** Threads that prepare samples, unless told. */
export const defaultWorkers = 2;

const name = z.string().regex(/^[A-Za-z0-9][\w.+-]{0,79}$/).meta({
  title: "a name of at most 80 letters, digits, dots, dashes and underscores",
});

/** A component of a catalog, `byDefault` where the file says nothing. */
function part(catalog: Catalog<unknown>, byDefault: string, summary: string) {
  return catalog.schema.prefault({ type: byDefault }).describe(summary);
}

const volume = z.strictObject({
  source: sources.schema.describe("where the volume comes from"),
  ...regionOptions,
  name: deciding(
    "nothing",
    z.string().min(1).max(80).optional().describe(
      "what reports call the volume, in place of its file's name",
    ),
  ),
}).refine((v) => !(v.regionVox && v.regionNm), {
  message: "regionVox and regionNm are both given",
  params: { fix: "Remove one of the two" },
});

const data = z.strictObject({
  train: z.array(volume).min(1).describe("volumes to train on"),
  validation: z.array(volume).default([]).describe(
    "volumes to choose the best weights and the threshold by",
  ),
  test: deciding(
    "measurement",
    z.array(volume).default([]).describe(
      "volumes that are only measured, once, at the end",
    ),
  ),
  allowOverlap: deciding(
    "nothing",
    z.boolean().optional().describe(
      "lets splits share voxels, which the report then says in red",
    ),
  ),
}).describe("the volumes");

const terms = z.array(losses.schema).min(1).describe(
  "summed, each times its weight",
);

const head = z.strictObject({
  name: z.string().regex(/^(?!level\d)[A-Za-z]\w{0,39}$/).meta({
    title: "a name of at most 40 letters, digits and underscores, not level1",
  }).describe("what records call the head: its terms are <name>/<term>"),
  target: part(targets, "binary", "what the head should say"),
  loss: z.strictObject({
    weight: positive(1, "factor of the head's terms in the whole"),
    terms,
  }).describe("what training minimises for the head"),
});

const heads = z.array(head).default([]).superRefine((list, context) => {
  for (const [i, { name }] of list.entries()) {
    if (list.findIndex((other) => other.name === name) === i) continue;
    context.addIssue({
      code: "custom",
      path: [i, "name"],
      message: "another head has this name",
      params: { fix: "Give each head a name of its own" },
    });
  }
}).describe(
  "what the network should say besides, so that it learns more; the first head alone, of target and loss, predicts",
);

const train = z.strictObject({
  volumeTotal: count(30_000, "samples to train with in all"),
  volumeSave: deciding(
    "nothing",
    count(5_000, "samples between two checkpoints"),
  ),
  batch: count(2, "samples in a batch"),
  devices: count(
    1,
    "devices that share each batch, a part each; the engine pjrt alone can have several",
  ),
  accumulate: count(
    1,
    "batches whose mean gradient a step follows, in the memory of one",
  ),
  clip: clipOptions.prefault({}).describe(
    "bounds of the gradient: value of each number, then norm of all of them",
  ),
  average: part(
    averagings,
    "none",
    "mean of the weights that validates and predicts in their place",
  ),
  validateEvery: count(5_000, "samples between two validations"),
  stopEarly: stopEarlyOptions.optional().describe(
    "ends the training when validations stop getting better",
  ),
  workers: deciding(
    "nothing",
    z.int().min(0).max(1024).default(defaultWorkers).describe(
      "threads that prepare samples, 60 MiB each; any number gives the same samples",
    ),
  ),
  ahead: deciding(
    "nothing",
    z.int().min(1).max(4096).default(4).describe(
      "batches prepared ahead of training, all of them in memory",
    ),
  ),
  engine: choice(
    ["auto", ...engineNames],
    "auto",
    "what computes; auto: pjrt where there is an accelerator that works, else the processor",
  ),
  threads: whole(
    0,
    "threads that compute, 0 for one a core; another number gives other last bits",
  ),
  precision: choice(
    precisionNames,
    "fp32",
    "numbers that convolutions compute with",
  ),
  eager: deciding(
    "nothing",
    flag(false, "run operation by operation, for debugging; same bits"),
  ),
  onNan: choice(
    ["stop", "skip", "continue"],
    "stop",
    "what to do with a loss or gradient that is no number: fail, drop the step, go on",
  ),
  recordSamples: deciding(
    "nothing",
    choice(
      ["hashes", "parameters", "none"],
      "hashes",
      "what is recorded of each sample: its hash, also what was drawn for it, or nothing",
    ),
  ),
}).describe("how long and by what means to train");

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
  blend: part(blends, "ramp", "how overlapping tiles are mixed"),
  tta: deciding("measurement", part(ttas, "none", "test-time augmentation")),
}).describe("how the network is applied to a whole volume");

const numberNames = everyOutput().map(({ name }) => name) as [
  string,
  ...string[],
];

const postprocess = z.array(steps.schema).superRefine((list, context) => {
  const fault = orderFault(firstChoice(list));
  if (fault) {
    const { at, message, fix } = fault;
    const path = [at, "type"];
    context.addIssue({ code: "custom", path, message, params: { fix } });
  }
  const choices = choiceCount(list);
  if (choices > mostChoices) {
    context.addIssue({
      code: "custom",
      message: `its sweeps have ${choices} combinations`,
      params: { fix: `Leave at most ${mostChoices}` },
    });
  }
}).default([]).describe(
  "what is called cleft of a prediction before it is measured, step by step; { sweep: [a, b] } in place of a value lets validation choose",
);

const metricNames = metrics.components.map((metric) => metric.name) as [
  string,
  ...string[],
];

const metric = z.union([z.enum(metricNames), metrics.schema]).transform(
  (one) => typeof one === "string" ? metrics.schema.parse({ type: one }) : one,
);

/** Two entries of one metric would give numbers of the same names. */
const metricList = z.array(metric).min(1).superRefine((list, context) => {
  for (const [i, { type }] of list.entries()) {
    if (list.findIndex((other) => other.type === type) === i) continue;
    context.addIssue({
      code: "custom",
      path: [i],
      message: "the metric is listed before",
      params: { fix: "Remove one of the two" },
    });
  }
}).prefault(["averagePrecision", "dice", "cremi", "objects"]).describe(
  "what is measured, by name or with options; the first number that has a direction ranks weights",
);

const evaluate = z.strictObject({
  metrics: deciding("measurement", metricList),
  tuneBy: deciding(
    "measurement",
    z.enum(numberNames).optional().describe(
      "the number that chooses among the sweeps of postprocess; dice unless told",
    ),
  ),
  partners: deciding("measurement", partnersSchema.optional()),
  sectionsShown: deciding(
    "measurement",
    whole(12, "sections kept as pictures, the worst ones first"),
  ),
  objectsShown: deciding(
    "measurement",
    whole(
      12,
      "objects of each kind kept as pictures: found, false and missed ones",
    ),
  ),
  allowEmpty: deciding(
    "nothing",
    z.boolean().optional().describe(
      "lets a split hold no cleft, or nothing else, which the report then says in red",
    ),
  ),
}).describe("what is measured on a whole volume");

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
  data,
  sampler: part(samplers, "uniform", "where training samples come from"),
  augment: z.array(augmentations.schema).default([]).describe(
    "random changes of training samples, applied in this order",
  ),
  target: part(targets, "binary", "what the network should say"),
  model: nets.schema.describe("the network"),
  loss: z.strictObject({
    terms,
    levels: z.array(z.number().min(0)).default([]).describe(
      "deep supervision: weight of the whole loss at each coarser level of the decoder, finest first",
    ),
  }).describe("what training minimises"),
  heads,
  init: init.prefault({}),
  freeze: patterns.describe(
    "weights that training leaves as they are: names of layers with * and **, such as encoder*",
  ),
  optimizer: part(optimizers, "adam", "how the weights are changed"),
  schedule: part(schedules, "constant", "the learning rate's course"),
  train: train.prefault({} as never),
  infer: infer.prefault({}),
  postprocess: deciding("measurement", postprocess),
  evaluate: evaluate.prefault({}),
  submission: deciding("nothing", submissionSchema.optional()),
  report: deciding("nothing", report.prefault({})),
});
