import type * as z from "zod";
import type { Component, SearchPlace, Volume } from "@/core/mod.ts";

/** What opening a source needs besides its options. */
export interface SourceContext extends SearchPlace {
  /** Folders that relative paths are looked up in, first match wins. */
  readonly dataRoots: readonly string[];
  /** Where the source is named, for errors: `experiments/x.yaml:9 data.train[0]`. */
  readonly where: string;
  /** Leaves labels alone, which need not be sound then; the volume has none. */
  readonly withoutLabels?: boolean;
}

/** Something a volume comes from. */
export interface Source {
  /**
   * Opens the volume; the caller disposes it.
   *
   * @throws {ExperimentError} If it is missing, damaged or not what it should be.
   */
  open(context: SourceContext): Promise<Volume>;
}

/** Defines a source: its name, its options and its factory in one place. */
export function defineSource<Shape extends z.ZodRawShape>(
  definition: Component<Source, Shape>,
): Component<Source, Shape> {
  return definition;
}
