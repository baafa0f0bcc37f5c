import * as z from "zod";
import { choice, count, deciding, flag, whole } from "@/core/mod.ts";
import { engineNames, precisionNames } from "@/engine/mod.ts";
import { averagings, clipOptions, stopEarlyOptions } from "@/train/mod.ts";
import { part } from "./part.ts";

/** Threads that prepare samples, unless told. */
export const defaultWorkers = 2;

/** How long and by what means an experiment trains. */
export const trainSchema = z.strictObject({
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
  average: part(averagings, "none").describe(
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
