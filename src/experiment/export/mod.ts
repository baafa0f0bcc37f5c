/**
 * What runs have, in forms that other programs take.
 *
 * @module
 */
import { type Catalog, catalog, type Entry } from "@/core/mod.ts";
import { readEntry } from "../spec/read_inline.ts";
import { cremiSubmission } from "./cremi_submission.ts";
import type { ExportFormat } from "./_format.ts";
import { csv } from "./csv.ts";
import { jsonLines } from "./json_lines.ts";
import { latex } from "./latex.ts";
import { markdown } from "./markdown.ts";
import { parquet } from "./parquet.ts";
import { tensorboard } from "./tensorboard.ts";
import { weights } from "./weights.ts";

export type { ExportFormat, ExportRequest } from "./_format.ts";

/** Every form of an export. */
export const exportFormats: Catalog<ExportFormat> = catalog("export format", [
  weights,
  csv,
  jsonLines,
  parquet,
  markdown,
  latex,
  tensorboard,
  cremiSubmission,
]);

/**
 * Reads a format from the command line: its name, or an entry with options.
 *
 * @throws {ExperimentFaults} If there is none.
 */
export function readExportFormat(text: string): Entry {
  return readEntry(text, { schema: exportFormats.schema, option: "--format" });
}
