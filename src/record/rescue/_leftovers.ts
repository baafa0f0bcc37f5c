import { join, relative } from "node:path";
import { statIfThere } from "@/core/mod.ts";
import { runFolder } from "../_run_folder.ts";
import { lockState } from "../_run_lock.ts";

/** A file in the results that no run needs. */
export interface Leftover {
  /** Where, from the folder of the results. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
}

/**
 * Finds what interrupted runs left behind: parts of files, contents that no
 * artifact needs, folders of runs that are not on record.
 */
export function findLeftovers(
  folder: string,
  { runs, contents }: {
    readonly runs: ReadonlySet<string>;
    readonly contents: ReadonlySet<string>;
  },
): readonly Leftover[] {
  const objects = filesBelow(join(folder, "objects")).filter((path) => {
    const sha256 = path.split(/[/\\]/).slice(-2).join("");
    return !contents.has(sha256);
  });
  const ofRuns = namesIn(join(folder, "runs")).flatMap((id) => {
    const files = filesBelow(runFolder(folder, id));
    return runs.has(id)
      ? files.filter((path) => path.endsWith("reserve.tmp") && !isHeld(id))
      : files;
  });
  const saved = namesIn(folder).filter((name) =>
    /^runs\.rescued.*\.sqlite$/.test(name)
  ).map((name) => join(folder, name));
  return [...objects, ...ofRuns, ...saved].map((path) => ({
    path: relative(folder, path),
    bytes: Deno.lstatSync(path).size,
  }));

  function isHeld(id: string): boolean {
    return lockState(runFolder(folder, id)) === "held";
  }
}

function filesBelow(folder: string): readonly string[] {
  if (!statIfThere(folder)) return [];
  return Array.from(Deno.readDirSync(folder)).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory ? filesBelow(path) : [path];
  }).toSorted();
}

function namesIn(folder: string): readonly string[] {
  return statIfThere(folder)
    ? Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted()
    : [];
}
