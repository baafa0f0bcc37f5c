import { basename, join, resolve, sep } from "node:path";
import { stringify } from "yaml";
import {
  ExperimentError,
  sha256Hex,
  statIfThere,
  writeAtomically,
} from "@/core/mod.ts";
import {
  bringRuns,
  type Brought,
  type BundledFile,
  openBundle,
  openRecords,
  type Run,
  type RunInput,
  writeBundle,
} from "@/record/mod.ts";
import { gatherReport, report } from "@/report/mod.ts";
import { planOf } from "../plan/mod.ts";

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

/** What a bundle has of the data. */
export interface Bundled {
  /** The runs in it: those asked for, and what they began with. */
  readonly runs: readonly string[];
  /** Data files that are in it, by their paths here. */
  readonly inside: readonly string[];
  /** Those that are named by their hash alone, and why. */
  readonly byHash: readonly { readonly path: string; readonly why: string }[];
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
  using records = openRecords(folder, { readOnly: true });
  const found = runs.map((id) => records.run(id));
  const files: BundledFile[] = [text(
    "page.html",
    report(gatherReport(records, runs)),
  )];
  for (const run of found) {
    files.push(text(`experiments/${run.id}.yaml`, stringify(planOf(run).spec)));
  }
  const inside: string[] = [], byHash: { path: string; why: string }[] = [];
  let left = dataBytes;
  for (const { input, name } of dataOf(found)) {
    const why = whyNot(input, { name, left });
    if (why !== null) {
      byHash.push({ path: input.path, why });
      continue;
    }
    left -= input.bytes;
    const content = Deno.readFileSync(input.path);
    if (sha256Hex(content) === input.sha256) {
      inside.push(input.path);
      files.push({ name: `data/${name}`, content });
    } else byHash.push({ path: input.path, why: "it has changed since" });
  }
  const bundled = writeBundle(path, { folder, runs, files });
  return { runs: bundled, inside, byHash };
}

function text(name: string, content: string): BundledFile {
  return { name, content: new TextEncoder().encode(content) };
}

/** Each data file of some runs, and where their experiments say it is in a root. */
function dataOf(
  runs: readonly Run[],
): readonly { readonly input: RunInput; readonly name: string | null }[] {
  const known = new Map<string, { input: RunInput; name: string | null }>();
  for (const run of runs) {
    const named = textsIn(planOf(run).spec.data);
    for (const input of run.inputs) {
      if (input.run !== null) continue; // weights, which come with their run
      known.set(input.path, { input, name: nameInRoot(input.path, named) });
    }
  }
  return [...known.values()];
}

/** The end of a path that an experiment names, alone or as a folder of it. */
function nameInRoot(path: string, named: readonly string[]): string | null {
  const plain = path.replaceAll("\\", "/");
  for (const name of named) {
    if (name === "" || name.startsWith("/") || name.includes("..")) continue;
    if (plain.endsWith(`/${name}`)) return name;
    const at = plain.lastIndexOf(`/${name.replace(/\/$/, "")}/`);
    if (at >= 0) return plain.slice(at + 1);
  }
  return null;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(textsIn);
}

function whyNot(
  { path, bytes }: RunInput,
  { name, left }: { readonly name: string | null; readonly left: number },
): string | null {
  if (name === null) return "the experiment names it by an absolute path";
  if (bytes > left) return "it is too large; --data takes more";
  return statIfThere(path)?.isFile ? null : "it is no longer there";
}

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
