import { join } from "node:path";
import { removeFolderIfThere } from "@/core/mod.ts";
import type { Run } from "@/record/mod.ts";
import { namesIn } from "./_names_in.ts";

/** Folders of what tasks record until it is merged, below the results. */
const partsName = "parts";

/** The name of the part that a run is recorded in: equal runs have one. */
export function partName(
  experiment: string,
  planHash: string,
): string {
  return `${experiment}-${shortHash(planHash)}`;
}

/**
 * Whether a part is for a run, which it can hold others for to begin with. The
 * plan decides: one that was cut under another name is gone on with as well.
 */
export function isOfPart(
  { planHash }: Pick<Run, "planHash">,
  part: string,
): boolean {
  return part.endsWith(`-${shortHash(planHash)}`);
}

function shortHash(planHash: string): string {
  return planHash.slice(0, 12);
}

/** What the name of a part ends with while it is removed. */
const gone = ".gone";

/** The names of all parts that are there. */
export function partNames(resultsFolder: string): readonly string[] {
  return namesIn(join(resultsFolder, partsName))
    .filter((name) => !name.endsWith(gone));
}

/** Removes a part, at once for all who look for it. */
export function removePart(resultsFolder: string, part: string): void {
  const folder = partFolder(resultsFolder, part);
  removeFolderIfThere(folder + gone); // that could not be removed to its end
  Deno.renameSync(folder, folder + gone);
  removeFolderIfThere(folder + gone);
}

/** The folder of a part. */
export function partFolder(resultsFolder: string, part: string): string {
  return join(resultsFolder, partsName, part);
}
