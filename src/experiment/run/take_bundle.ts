import { basename, join, resolve, sep } from "node:path";
import {
  ExperimentError,
  sha256Hex,
  statIfThere,
  writeAtomically,
} from "@/core/mod.ts";
import { bringRuns, type Brought, openBundle } from "@/record/mod.ts";

/** A bundle whose runs are here now. */
export interface TakenBundle extends Brought {
  /** The runs in it, by their ids. */
  readonly runs: readonly string[];
  /** A folder with the data that came along, to be looked in like a data root. */
  readonly dataRoot: string;
  /** The page about the runs that came along. */
  readonly page: string;
}

/**
 * Takes a bundle's runs into a results folder, and its files into
 * `bundles/<name>` there. What is there already stays.
 *
 * @throws {ExperimentError} If it is no bundle, or damaged, or a run of ours has
 * the id of one of its runs.
 */
export function takeBundle(path: string, resultsFolder: string): TakenBundle {
  using bundle = openBundle(path);
  const files = [...bundle.files()];
  const runs = bundle.records.runs().map(({ id }) => id);
  const folder = join(resultsFolder, "bundles", basename(path, ".cleft"));
  const places = files.map(({ name, content }) => ({
    place: placeOf(name, { folder, path }),
    content,
  }));
  const brought = bringRuns(runs, { from: bundle.folder, to: resultsFolder });
  for (const { place, content } of places) {
    const there = statIfThere(place);
    const isSame = there?.size === content.length &&
      sha256Hex(Deno.readFileSync(place)) === sha256Hex(content);
    if (!isSame) writeAtomically(place, content);
  }
  return {
    ...{ ...brought, runs },
    dataRoot: join(folder, "data"),
    page: join(folder, "page.html"),
  };
}

function placeOf(
  name: string,
  { folder, path }: { readonly folder: string; readonly path: string },
): string {
  const place = resolve(folder, name);
  if (place.startsWith(folder + sep)) return place;
  throw new ExperimentError(
    `Cannot take the bundle "${path}": it has a file for another place, ` +
      JSON.stringify(name),
    {
      where: path,
      fix: "Get it again from where you trust; deno task bundle writes one",
    },
  );
}
