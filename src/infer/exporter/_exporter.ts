import type * as z from "zod";
import type { Component } from "@/core/mod.ts";
import type { PredictionHead } from "@/data/mod.ts";
import type { Slab } from "../predict.ts";

/** Writes predictions in the form that the ending of a name stands for. */
export interface Exporter {
  /** What names of its files end with, dot included, the usual one first. */
  readonly endings: readonly [string, ...string[]];
  /**
   * Writes a prediction slab by slab, so that memory holds one at a time. The
   * file appears when it is whole; nothing stays if `slabs` fails or ends early.
   *
   * @throws {ExperimentError} If it cannot be written.
   */
  write(
    path: string,
    prediction: {
      /** What is known before its voxels. */
      readonly head: PredictionHead;
      /** Its sections, in order. */
      readonly slabs: AsyncIterable<Slab>;
    },
  ): Promise<void>;
}

/** Defines an exporter: its name, its options and its factory in one place. */
export function defineExporter<Shape extends z.ZodRawShape>(
  definition: Component<Exporter, Shape>,
): Component<Exporter, Shape> {
  return definition;
}
