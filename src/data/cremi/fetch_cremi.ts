import { resolve } from "node:path";
import {
  download,
  DownloadError,
  type DownloadOptions,
  ExperimentError,
  explainSystemError,
  hashFile,
  removeIfThere,
  statIfThere,
} from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { rawName } from "./layout.ts";
import { knownHashes } from "./known_hashes.ts";
import { readHashes, recordHash } from "./recorded_hashes.ts";

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
  /** How connections are watched and taken up again. */
  readonly network?:
    | Pick<DownloadOptions, "retries" | "windowMs" | "leastBytes" | "pause">
    | undefined;
  /** SHA-256 by the name of a file; those that are publicly known by default. */
  readonly hashes?: Readonly<Record<string, string>> | undefined;
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
  addressOf("", options); // a bad one is refused before anything is done
  const files: CremiFile[] = [];
  for (const name of names) files.push(await fetchOne(name, options));
  return files;
}

async function fetchOne(
  name: string,
  options: FetchCremiOptions,
): Promise<CremiFile> {
  const { notify, to, hashes = knownHashes } = options;
  const path = resolve(to, name);
  if (statIfThere(path)?.isFile) return await checkFetched(path, name, options);
  const url = addressOf(name, options), part = `${path}.part`;
  Deno.mkdirSync(to, { recursive: true });
  notify(`${name}: from ${url}`);
  const bytes = await downloadTo(part, url, name, options);
  let sha256;
  try {
    await checkVolume(part, url.href);
    sha256 = await hashFile(part);
    checkKnown(sha256, hashes[name], url.href);
  } catch (error) {
    removeIfThere(part);
    throw error;
  }
  const recorded = readHashes(to)[name];
  if (recorded && recorded.sha256 !== sha256) {
    notify(`${name}: the server has another file than last time`);
  }
  Deno.renameSync(part, path);
  recordHash(to, { name, bytes, sha256, url: url.href });
  notify(`${name}: ${bytes} bytes, sha256 ${sha256}`);
  return { path, bytes, sha256 };
}

/** Where a file is. */
function addressOf(
  name: string,
  { baseUrl = "https://cremi.org/static/data/" }: FetchCremiOptions,
): URL {
  const base = URL.parse(baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
  if (base && /^https?:$/.test(base.protocol)) {
    return new URL(encodeURIComponent(name), base);
  }
  throw new ExperimentError(
    `Cannot use "${baseUrl}" for --base-url: it is no address of a web server`,
    {
      where: `--base-url ${baseUrl}`,
      fix: "Write one such as https://example.org/cremi/",
    },
  );
}

async function downloadTo(
  part: string,
  url: URL,
  name: string,
  { notify, signal, network }: FetchCremiOptions,
): Promise<number> {
  let tenths = 0;
  try {
    return await download(url, {
      ...network,
      part,
      signal,
      notify: (line) => notify(`${name}: ${line}`),
      progress: (bytes, totalBytes) => {
        const now = Math.floor(10 * bytes / totalBytes);
        if (!(now > tenths)) return;
        tenths = now;
        const megabytes = (totalBytes / 1e6).toFixed(1);
        notify(`${name}: ${10 * tenths} % of ${megabytes} MB`);
      },
    });
  } catch (error) {
    if (!(error instanceof DownloadError)) {
      throw explainSystemError(error, {
        doing: `write "${part}"`,
        where: part,
      });
    }
    const isMissing = error.status === 404;
    const why = isMissing ? "the server has no such file" : error.message;
    throw new ExperimentError(`Cannot download ${url}: ${why}`, {
      where: url.href,
      fix: isMissing
        ? "Look at https://cremi.org/data/ for the address and name it by --base-url"
        : "Run the command again: it goes on where it stopped",
      cause: error,
    });
  }
}

/** A file that is there already: as it is known, or recorded now. */
async function checkFetched(
  path: string,
  name: string,
  { to, notify, hashes = knownHashes }: FetchCremiOptions,
): Promise<CremiFile> {
  const bytes = Deno.statSync(path).size, sha256 = await hashFile(path);
  const recorded = readHashes(to)[name];
  if (recorded && recorded.sha256 !== sha256) {
    throw new ExperimentError(
      `Cannot use "${path}": its sha256 is ${sha256}, ` +
        `when fetched it was ${recorded.sha256}`,
      { where: path, fix: "Remove the file and fetch it again" },
    );
  }
  checkKnown(sha256, hashes[name], path);
  if (!recorded) {
    await checkVolume(path, path);
    recordHash(to, { name, bytes, sha256 });
  }
  notify(`${name}: already there, sha256 ${sha256}`);
  return { path, bytes, sha256 };
}

/** Refuses a file that has the name of another one of the challenge. */
function checkKnown(
  sha256: string,
  known: string | undefined,
  where: string,
): void {
  if (known === undefined || known === sha256) return;
  throw new ExperimentError(
    `Cannot use ${where}: its sha256 is ${sha256}, that of the challenge's ` +
      `file is ${known}`,
    {
      where,
      fix: "Fetch it from elsewhere by --base-url, or give it another name",
    },
  );
}

/** Refuses what is no volume, such as a page that says sorry. */
async function checkVolume(path: string, where: string): Promise<void> {
  using file = await openHdf5(path, where);
  file.dataset(rawName);
}
