import * as z from "zod";
import type {
  EngineRecord,
  EvaluationRecord,
  GalleryRecord,
  PostprocessRecord,
  SectionsRecord,
} from "@/record/mod.ts";

const bytes = z.number().nullable();

/** An artifact `engine.json`. */
export const engineSchema: z.ZodType<EngineRecord> = z.object({
  precision: z.string(),
  peakBytes: bytes,
  limitBytes: bytes,
  programs: z.array(z.object({
    name: z.string(),
    key: z.string(),
    origin: z.enum(["compiled", "loaded"]),
    seconds: z.number(),
    workBytes: bytes,
  })),
});

const split = z.enum(["train", "validation", "test"]);
const triple = z.tuple([z.number(), z.number(), z.number()]);
const numbers = z.record(z.string(), z.number().nullable());

const section = z.object({
  z: z.number(),
  dice: z.number().nullable().transform((dice) => dice ?? NaN),
  truthVox: z.number(),
  predictedVox: z.number(),
});

const sections = {
  split,
  volume: z.string(),
  step: z.number(),
  shapeVox: triple,
  voxelNm: triple,
  metrics: numbers,
  sections: z.array(section),
};

/** An artifact `sections/SPLIT/VOLUME.json`; JSON has no NaN, which was written as null. */
export const sectionsSchema: z.ZodType<SectionsRecord> = z.object(sections);

/** An artifact `evaluation/SPLIT/VOLUME.json`. */
export const evaluationSchema: z.ZodType<EvaluationRecord> = z.object({
  ...sections,
  thresholdFrom: split,
  baseline: numbers,
  precisionRecall: z.array(z.object({
    threshold: z.number(),
    precision: z.number().nullable().transform((p) => p ?? NaN),
    recall: z.number().nullable().transform((r) => r ?? NaN),
  })),
  everySection: z.array(section).optional(),
  clefts: z.array(z.object({
    atVox: triple,
    sizeVox: z.number(),
    foundVox: z.number(),
  })).optional(),
});

const pair = z.tuple([z.number(), z.number()]);

/** An artifact `gallery/SPLIT/VOLUME.json`. */
export const gallerySchema: z.ZodType<GalleryRecord> = z.object({
  split,
  volume: z.string(),
  voxelNm: triple,
  counts: z.object({
    found: z.number(),
    false: z.number(),
    missed: z.number(),
  }),
  objects: z.array(z.object({
    kind: z.enum(["found", "false", "missed"]),
    z: z.number(),
    sections: z.number(),
    sizeVox: z.number(),
    probability: z.number().nullable(),
    centreVox: pair,
    startVox: pair,
    shapeVox: pair,
  })),
});

/** An artifact `postprocess.json`. */
export const postprocessSchema: z.ZodType<PostprocessRecord> = z.object({
  steps: z.array(z.looseObject({ type: z.string() })),
  threshold: z.number().nullable(),
  split,
  tunedBy: z.string().nullable(),
  swept: z.array(z.object({ at: z.number(), option: z.string() })),
  tried: z.array(z.object({
    options: z.array(z.unknown()),
    value: z.number().nullable(),
  })),
});
