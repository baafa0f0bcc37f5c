import type { Progress } from "./progress.ts";
import type { Wheel } from "./wheel.ts";

/** How often a download that breaks off is taken up again, and after how long. */
const ATTEMPTS = 5, PAUSE_MS = 1000;

/** A connection that is silent for longer counts as broken. */
const SILENCE_MS = 30_000;

/** What a download reports to and stops for. */
interface Listener {
  /** Hears how many bytes are there. */
  readonly progress: Progress;
  /** Stops it; what is there stays for the next time. */
  readonly signal?: AbortSignal | undefined;
}

/** A connection that broke off, worth another attempt. */
class BrokenOff extends Error {}

/**
 * Downloads a wheel from a package index to `target`, going on where an earlier
 * download to the same file stopped.
 *
 * @throws {Error} If the index does not have it, or cannot be reached.
 */
export async function downloadWheel(
  wheel: Wheel,
  index: string,
  target: string,
  listener: Listener,
): Promise<void> {
  const url = await findWheel(wheel, index, listener.signal);
  for (let attempt = 1;; attempt++) {
    try {
      return await fetchRest(url, target, wheel.bytes, listener);
    } catch (error) {
      listener.signal?.throwIfAborted();
      // fetch says TypeError for a network that fails.
      const isBroken = error instanceof BrokenOff ||
        error instanceof TypeError || error instanceof DOMException;
      if (!isBroken || attempt === ATTEMPTS) throw error;
      await new Promise((done) => setTimeout(done, attempt * PAUSE_MS));
    }
  }
}

/** The address of a file, from the index's list of the project (PEP 691). */
async function findWheel(
  wheel: Wheel,
  index: string,
  signal: AbortSignal | undefined,
): Promise<URL> {
  const page = new URL(`${index.replace(/\/$/, "")}/${wheel.project}/`);
  using watch = new Watch(signal);
  const response = await fetch(page, {
    headers: { accept: "application/vnd.pypi.simple.v1+json" },
    signal: watch.signal,
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

/** Fetches what a file lacks. */
async function fetchRest(
  url: URL,
  target: string,
  totalBytes: number,
  { progress, signal }: Listener,
): Promise<void> {
  using file = await Deno.open(target, { create: true, write: true });
  let { size: bytes } = await file.stat();
  if (bytes === totalBytes) return;
  if (bytes > totalBytes) bytes = 0;
  using watch = new Watch(signal);
  const response = await fetch(url, {
    headers: bytes > 0 ? { range: `bytes=${bytes}-` } : {},
    signal: watch.signal,
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const answer = `${url.host} answers ${response.status} to ${url.href}`;
    throw response.status < 500 ? new Error(answer) : new BrokenOff(answer);
  }
  if (response.status !== 206) bytes = 0; // it sends the whole file again
  await file.truncate(bytes);
  await file.seek(bytes, Deno.SeekMode.Start);
  for await (const chunk of response.body) {
    watch.rewind();
    for (let done = 0; done < chunk.length;) {
      done += await file.write(chunk.subarray(done));
    }
    progress(bytes += chunk.length);
  }
  if (bytes !== totalBytes) {
    throw new BrokenOff(`${url.host} sent ${bytes} of ${totalBytes} bytes`);
  }
}

/** Aborts a connection that is silent for too long, or when the user says so. */
class Watch implements Disposable {
  /** For `fetch`. */
  readonly signal: AbortSignal;
  #silence = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.signal = AbortSignal.any(
      signal ? [signal, this.#silence.signal] : [this.#silence.signal],
    );
    this.rewind();
  }

  /** Says that something was heard. */
  rewind(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#silence.abort(), SILENCE_MS);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
