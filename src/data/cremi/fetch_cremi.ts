import { join, resolve } from "node:path";
import { ExperimentError, removeIfThere, writeAtomically } from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { hashFile } from "../source/mod.ts";
import { downloadPart } from "./download.ts";

/** The challenge's samples: three labelled ones, three for its test. */
export const cremiSamples = ["A", "B", "C", "A+", "B+", "C+"] as const;

/** One of them. */
export type CremiSample = typeof cremiSamples[number];

/** What to fetch, from where, and to which folder. */
export interface FetchCremiOptions {
  /** The folder the files go to. */
  readonly to: string;
  /** Where the files are; the challenge's own server by default. */
  readonly baseUrl?: string | undefined;
  /** The files whose raw data go on around the labels; not by default. */
  readonly padded?: boolean | undefined;
  /** The samples; all by default. */
  readonly samples?: readonly string[] | undefined;
  /** Told in lines what happens. */
  notify(line: string): void;
  /** Stops it; the next call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** How often a cut connection is taken up again; 4 times by default. */
  readonly retries?: number | undefined;
  /** Silence after which a connection counts as cut; a minute by default. */
  readonly stallMs?: number | undefined;
}

/** A file of the challenge on this machine. */
export interface CremiFile {
  /** Its path. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
  /** SHA-256 of its content, in hexadecimal. */
  readonly sha256: string;
}

/** What `hashes.json` says of each file that was fetched. */
type Hashes = Record<string, Omit<CremiFile, "path"> & { url?: string }>;

/** The name of a sample's file on the challenge's server. */
export function cremiFileName(sample: CremiSample, isPadded: boolean): string {
  const date = sample.endsWith("+") ? "20160601" : "20160501";
  return `sample_${sample}_${isPadded ? "padded_" : ""}${date}.hdf`;
}

/**
 * Fetches the files of the CREMI challenge (cremi.org). What was fetched before
 * is checked against `hashes.json` beside it and not fetched again; what was cut
 * short goes on.
 *
 * @throws {ExperimentError} If a sample is unknown, the server or the disk fails,
 * or a file is not what was fetched.
 */
export async function fetchCremi(
  options: FetchCremiOptions,
): Promise<CremiFile[]> {
  const { padded = false, samples = cremiSamples } = options;
  const names = samples.map((sample) => {
    const known = cremiSamples.find((s) => s === sample.toUpperCase());
    if (known) return cremiFileName(known, padded);
    throw new ExperimentError(`Cannot fetch sample "${sample}" of CREMI`, {
      where: "--samples",
      fix: `Name some of ${cremiSamples.join(", ")}`,
    });
  });
  const files: CremiFile[] = [];
  for (const name of names) files.push(await fetchOne(name, options));
  return files;
}

async function fetchOne(
  name: string,
  options: FetchCremiOptions,
): Promise<CremiFile> {
  const { baseUrl = "https://cremi.org/static/data/", notify } = options;
  const path = resolve(options.to, name);
  const known = readHashes(options.to)[name];
  if (exists(path)) return await checkFetched(path, known, name, options);
  const url = new URL(
    encodeURIComponent(name),
    baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`,
  ).href;
  Deno.mkdirSync(options.to, { recursive: true });
  notify(`${name}: from ${url}`);
  const bytes = await downloadPart(url, path, {
    ...options,
    notify: (line) => notify(`${name}: ${line}`),
  });
  const part = `${path}.part`;
  try {
    await checkVolume(part, url);
  } catch (error) {
    removeIfThere(part);
    throw error;
  }
  const sha256 = await hashFile(part);
  if (known && known.sha256 !== sha256) {
    notify(`${name}: the server has another file than last time`);
  }
  Deno.renameSync(part, path);
  record(options.to, name, { bytes, sha256, url });
  notify(`${name}: ${bytes} bytes, sha256 ${sha256}`);
  return { path, bytes, sha256 };
}

/** A file that is there already: as recorded, or recorded now. */
async function checkFetched(
  path: string,
  known: Hashes[string] | undefined,
  name: string,
  { to, notify }: FetchCremiOptions,
): Promise<CremiFile> {
  const bytes = Deno.statSync(path).size, sha256 = await hashFile(path);
  if (known && known.sha256 !== sha256) {
    throw new ExperimentError(
      `Cannot use "${path}": its sha256 is ${sha256}, ` +
        `when fetched it was ${known.sha256}`,
      { where: path, fix: "Remove the file and fetch it again" },
    );
  }
  if (!known) {
    await checkVolume(path, path);
    record(to, name, { bytes, sha256 });
  }
  notify(`${name}: already there, sha256 ${sha256}`);
  return { path, bytes, sha256 };
}

/** Refuses what is no volume, such as a page that says sorry. */
async function checkVolume(path: string, where: string): Promise<void> {
  using file = await openHdf5(path, where);
  file.dataset("volumes/raw");
}

function readHashes(folder: string): Hashes {
  try {
    return JSON.parse(Deno.readTextFileSync(join(folder, "hashes.json")));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw new ExperimentError(`Cannot read "${join(folder, "hashes.json")}"`, {
      where: folder,
      fix: "Remove the file: the hashes are then recorded anew",
      cause: error,
    });
  }
}

function record(folder: string, name: string, entry: Hashes[string]): void {
  const hashes = { ...readHashes(folder), [name]: entry };
  const sorted = Object.fromEntries(
    Object.entries(hashes).toSorted(([a], [b]) => a < b ? -1 : 1),
  );
  writeAtomically(
    join(folder, "hashes.json"),
    `${JSON.stringify(sorted, null, 2)}\n`,
  );
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
