import { join } from "node:path";
import { checkNoLink } from "./_object_store.ts";

/** The folder of a run's own files. */
export function runFolder(resultsFolder: string, id: string): string {
  return join(resultsFolder, "runs", id);
}

/** Makes the folder of a run; false if it is there. */
export function makeRunFolder(resultsFolder: string, id: string): boolean {
  const path = runFolder(resultsFolder, id);
  checkNoLink(join(resultsFolder, "runs"));
  checkNoLink(path);
  Deno.mkdirSync(join(resultsFolder, "runs"), { recursive: true });
  try {
    Deno.mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}
