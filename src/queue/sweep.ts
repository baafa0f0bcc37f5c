import { removeFolderIfThere, statIfThere } from "@/core/mod.ts";
import { partFolder } from "./part.ts";
import { readSubmission, submissionFolders } from "./submission.ts";

/** How long the logs of what has been gathered are kept. */
const keptMs = 7 * 24 * 3_600_000;

/** Removes what is left of submissions of which all has been gathered a while ago. */
export function sweepSubmissions(resultsFolder: string, nowMs: number): void {
  for (const folder of submissionFolders(resultsFolder)) {
    const { at, tasks } = readSubmission(folder);
    const isGathered = tasks.every(({ part }) =>
      !statIfThere(partFolder(resultsFolder, part))
    );
    if (isGathered && Date.parse(at) < nowMs - keptMs) {
      removeFolderIfThere(folder);
    }
  }
}
