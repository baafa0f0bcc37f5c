import { download } from "@/core/mod.ts";
import type { Progress } from "./progress.ts";
import type { Wheel } from "./wheel.ts";

/** How long the index may take to answer. */
const ANSWER_MS = 60_000;

/** What a download reports to and stops for. */
interface Listener {
  /** Hears how many bytes are there. */
  readonly progress: Progress;
  /** Told in lines what goes wrong on the way. */
  readonly notify: (line: string) => void;
  /** Stops it; what is there stays for the next time. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads a wheel from a package index to `target`, going on where an earlier
 * download to the same file stopped.
 *
 * @throws {Error} If the index does not have it, or cannot be reached.
 */
export async function downloadWheel(
  wheel: Wheel,
  { index, target, ...listener }: Listener & { index: string; target: string },
): Promise<void> {
  const url = await findWheel(wheel, index, listener.signal);
  await download(url, {
    ...listener,
    part: target,
    pinnedBytes: wheel.bytes,
    retries: 4, // where there is no way, other engines do
  });
}

/** The address of a file, from the index's list of the project (PEP 691). */
async function findWheel(
  wheel: Wheel,
  index: string,
  signal: AbortSignal | undefined,
): Promise<URL> {
  const page = pageOf(wheel, index);
  const late = AbortSignal.timeout(ANSWER_MS);
  const response = await fetch(page, {
    headers: { accept: "application/vnd.pypi.simple.v1+json" },
    signal: AbortSignal.any(signal ? [signal, late] : [late]),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${page.host} answers ${response.status} to ${page.href}`);
  }
  const { files }: { files: { filename: string; url: string }[] } =
    await response.json();
  const found = files.find(({ filename }) => filename === wheel.file);
  if (!found) throw new Error(`${page.href} does not list ${wheel.file}`);
  return new URL(found.url, page);
}

function pageOf({ project }: Wheel, index: string): URL {
  const page = URL.parse(`${index.replace(/\/$/, "")}/${project}/`);
  if (page) return page;
  throw new Error(`PIP_INDEX_URL is "${index}", which is no address`);
}
