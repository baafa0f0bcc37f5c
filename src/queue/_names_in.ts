import { statIfThere } from "@/core/mod.ts";

/** The names of what is in a folder, sorted; none if it is not there. */
export function namesIn(folder: string): readonly string[] {
  if (!statIfThere(folder)) return [];
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted();
}
