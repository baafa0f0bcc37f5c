import { isAbsolute, resolve } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import type { SourceContext } from "./_source.ts";

/**
 * The absolute path of a data file: an absolute path as it is, a relative one
 * in the first of the data roots that has it.
 *
 * @throws {ExperimentError} If there is none; it lists where it looked.
 */
export async function findFile(
  file: string,
  { dataRoots, where }: SourceContext,
): Promise<string> {
  const places = isAbsolute(file)
    ? [file]
    : dataRoots.map((root) => resolve(root, file));
  for (const place of places) {
    try {
      await Deno.stat(place);
      return place;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new ExperimentError(
    `Cannot find the data file "${file}": looked for ` +
      (places.map((p) => `"${p}"`).join(", ") || "it in no folder"),
    {
      where,
      fix: "Put it under data/, or name its folder with --data-root or " +
        "CLEFT_DATA; docs/data.md says where to get it",
    },
  );
}
