import type * as z from "zod";
import type { Component } from "@/core/mod.ts";
import type { Records, Run } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";

/** What is to be written, and where to. */
export interface ExportRequest {
  /** The runs, at least one, in the order that they were named in. */
  readonly runs: readonly Run[];
  /** The records that they are in. */
  readonly records: Records;
  /** The file, or the folder of a format that writes several. */
  readonly path: string;
}

/** A form in which other programs take what runs have. */
export interface ExportFormat {
  /** Which runs it takes; all are meant where none is named, if it takes `any`. */
  readonly takes: "one" | "some" | "any";
  /** What the name of its file ends with, the usual one first; none if it writes to a folder. */
  readonly endings: readonly string[];
  /** The files in the folder, which are looked after before anything is written. */
  files?(request: ExportRequest): readonly string[];
  /**
   * Writes them, each whole or not at all.
   *
   * @returns What a user should know, a line each.
   * @throws {ExperimentError} If a run does not have it, or it cannot be written.
   */
  write(
    request: ExportRequest,
    context: RunContext,
  ): Promise<readonly string[]>;
}

/** Defines a format: its name, its options and its factory in one place. */
export function defineExportFormat<Shape extends z.ZodRawShape>(
  definition: Component<ExportFormat, Shape>,
): Component<ExportFormat, Shape> {
  return definition;
}
