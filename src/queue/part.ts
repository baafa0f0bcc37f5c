import { join } from "node:path";
import type { Run } from "@/record/mod.ts";
import { namesIn } from "./_names_in.ts";

/** Folders of what tasks record until it is merged, below the results. */
const partsName = "parts";

/** The name of the part that a run is recorded in: equal runs have one. */
export function partName(
  experiment: string,
  planHash: string,
): string {
  return `${experiment}-${planHash.slice(0, 12)}`;
}

/** Whether a part is for a run, which it can hold others for to begin with. */
export function isOfPart(
  { experiment, planHash }: Pick<Run, "experiment" | "planHash">,
  part: string,
): boolean {
  return part === partName(experiment, planHash);
}

/** The names of all parts that are there. */
export function partNames(resultsFolder: string): readonly string[] {
  return namesIn(join(resultsFolder, partsName));
}

/** The folder of a part. */
export function partFolder(resultsFolder: string, part: string): string {
  return join(resultsFolder, partsName, part);
}
