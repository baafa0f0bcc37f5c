import { isAbsolute, resolve } from "node:path";
import { ExperimentError, NotAtHand, systemFault } from "@/core/mod.ts";
import type { SourceContext } from "./_source.ts";

/**
 * The absolute path of a data file: an absolute path as it is, a relative one
 * in the first of the data roots that has it.
 *
 * @throws {NotAtHand} If there is none; it lists where it looked.
 * @throws {ExperimentError} If one cannot be looked at.
 */
export async function findFile(
  file: string,
  { dataRoots, where }: SourceContext,
): Promise<string> {
  const places = isAbsolute(file)
    ? [file]
    : dataRoots.map((root) => resolve(root, file));
  for (const place of places) {
    if (await isThere(place, where)) return place;
  }
  const [dangling] = places.flatMap((place) => linkText(place) ?? []);
  throw new NotAtHand(
    `Cannot find the data file "${file}": looked for ` +
      (places.map((p) => `"${p}"`).join(", ") || "it in no folder") +
      (dangling ?? ""),
    {
      where,
      fix: "Put it under data/, or name its folder with --data-root or " +
        "CLEFT_DATA; docs/data.md says where to get it",
    },
  );
}

async function isThere(place: string, where: string): Promise<boolean> {
  try {
    await Deno.stat(place);
    return true;
  } catch (error) {
    const fault = systemFault(error);
    if (!fault) throw error;
    if (fault.code === "ENOENT" || fault.code === "ENOTDIR") return false;
    throw new ExperimentError(
      `Cannot look for the data file "${shortened(place)}": ${fault.reason}`,
      { where, fix: fault.fix, cause: error },
    );
  }
}

/** That a place is a link to something that is not there. */
function linkText(place: string): string | undefined {
  try {
    return `; "${place}" is a link to "${Deno.readLinkSync(place)}", ` +
      "which is not there";
  } catch {
    return undefined; // no link
  }
}

/** A path, or the beginning and the end of one that is too long for a line. */
function shortened(path: string): string {
  return path.length <= 160 ? path : `${path.slice(0, 80)}…${path.slice(-60)}`;
}
