import { stringify } from "yaml";
import { type BundledFile, readRecords, writeBundle } from "@/record/mod.ts";
import { gatherReport, report } from "@/report/mod.ts";
import { planOf } from "../plan/mod.ts";
import { type BundledData, bundledData } from "./bundled_data.ts";

/** Runs to put into one file. */
export interface BundleRequest {
  /** Their ids. */
  readonly runs: readonly string[];
  /** The results folder they are in. */
  readonly folder: string;
  /** The file to write. */
  readonly path: string;
  /** Files of data up to this size go in, those of all runs together. */
  readonly dataBytes: number;
}

/** What a bundle holds. */
export interface Bundled extends Omit<BundledData, "files"> {
  /** The runs in it: those asked for, and what they began with. */
  readonly runs: readonly string[];
}

/**
 * Writes runs with all that is recorded of them, a page about them, their
 * experiments as YAML with every default, and their data where they are small.
 *
 * @throws {ExperimentError} If a run is going on, or a content is missing.
 */
export function bundleRuns(
  { runs, folder, path, dataBytes }: BundleRequest,
): Bundled {
  using records = readRecords(folder);
  const found = runs.map((id) => records.run(id));
  const files: BundledFile[] = [text(
    "page.html",
    report(gatherReport(records, runs)),
  )];
  for (const run of found) {
    files.push(text(`experiments/${run.id}.yaml`, stringify(planOf(run).spec)));
  }
  const { files: data, ...told } = bundledData(found, dataBytes);
  files.push(...data);
  const bundled = writeBundle(path, { folder, runs, files });
  return { runs: bundled, ...told };
}

function text(name: string, content: string): BundledFile {
  return { name, content: new TextEncoder().encode(content) };
}
