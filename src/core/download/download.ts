import { removeIfThere } from "../files.ts";
import { checkRoom } from "../output.ts";
import { writeAll } from "../write_all.ts";
import { judge } from "./answer.ts";
import { PassingError } from "./error.ts";
import { findPart, forgetNote, notePart, openPart } from "./part.ts";
import { Watch } from "./watch.ts";

/** How a download goes about it. */
export interface DownloadOptions {
  /** Hears how many bytes are there, of how many; NaN where no one knows. */
  readonly progress?: ((bytes: number, totalBytes: number) => void) | undefined;
  /** Told in lines what happens on the way. */
  readonly notify?: ((line: string) => void) | undefined;
  /** Stops it; what has come stays, and the next call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The size of a file whose hash is known too: what is there of it is gone on
   * with, whatever the server says of its version.
   */
  readonly pinnedBytes?: number | undefined;
  /** How often a connection that fails is taken up again; 7 times by default. */
  readonly retries?: number | undefined;
  /** How long a connection is watched before it is judged; a minute by default. */
  readonly windowMs?: number | undefined;
  /** How many bytes have to come in that time; 1,000 a second by default. */
  readonly leastBytes?: number | undefined;
  /** Waits before a connection is taken up again. */
  readonly pause?: ((waitMs: number) => Promise<void>) | undefined;
}

/** The longest pause before another attempt, unless the server asks for more. */
const MOST_PAUSE_MS = 30_000;

/**
 * Downloads to `part`, going on where an earlier call stopped if the server's
 * file is still the same, and gives back its size once all of it came. A link at
 * `part` is replaced, never followed.
 *
 * @throws {DownloadError} If the server refuses, or the connection keeps failing
 * or is too slow.
 * @throws {ExperimentError} If the disk has no room for it.
 */
export async function download(
  url: URL,
  { part, ...options }: DownloadOptions & { readonly part: string },
): Promise<number> {
  const { retries = 7, notify = () => {}, signal } = options;
  const { pause = (waitMs) => later(waitMs, signal) } = options;
  for (let attempt = 0;; attempt++) {
    try {
      return await fetchRest(url, part, options);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof PassingError) || attempt >= retries) throw error;
      const pauseMs = Math.min(1000 * 2 ** attempt, MOST_PAUSE_MS);
      const waitMs = Math.max(pauseMs, error.waitMs);
      notify(`${error.message}; goes on in ${Math.ceil(waitMs / 1000)} s`);
      await pause(waitMs);
      signal?.throwIfAborted();
    }
  }
}

async function fetchRest(
  url: URL,
  part: string,
  options: DownloadOptions,
): Promise<number> {
  const { pinnedBytes, notify, windowMs = 60_000 } = options;
  const { leastBytes = windowMs, signal } = options;
  const { bytes, validator } = findPart(part);
  if (bytes === pinnedBytes) return bytes;
  const isSame = pinnedBytes === undefined
    ? validator !== null
    : bytes < pinnedBytes;
  const have = isSame ? bytes : 0;
  using watch = new Watch({ windowMs, leastBytes, signal });
  const response = await watch.guard(() =>
    fetch(url, {
      signal: watch.signal,
      headers: {
        "accept-encoding": "identity", // sizes and ranges are those of the file
        ...(have > 0 && { range: `bytes=${have}-` }),
        ...(have > 0 && pinnedBytes === undefined &&
          { "if-range": validator! }),
      },
    })
  );
  const answer = judge(response, have);
  if (answer.kind === "complete") return have;
  if (answer.kind === "unfit") {
    removeIfThere(part);
    throw new PassingError(
      "the server's file does not fit what has come of it",
    );
  }
  const { start, totalBytes } = answer;
  const total = pinnedBytes ?? totalBytes; // what gives up early says too little
  if (start > 0) notify?.(`goes on at ${inMb(start)} MB`);
  else if (have > 0) {
    notify?.("the server cannot go on where we stopped, begins again");
  }
  if (total > start) checkRoom({ path: part, where: part }, total - start);
  if (pinnedBytes === undefined) notePart(part, response.headers);
  const end = await store(response, watch, { ...options, part, start, total });
  forgetNote(part);
  return end;
}

/** Appends what comes to a file from `start` on and gives back where it ended. */
async function store(
  { body }: Response,
  watch: Watch,
  { part, start, total, progress }: {
    part: string;
    start: number;
    total: number;
    progress?: DownloadOptions["progress"];
  },
): Promise<number> {
  using file = openPart(part, start);
  const reader = body?.getReader();
  let end = start;
  while (reader) {
    const { done, value } = await watch.guard(() => reader.read());
    if (done) break;
    watch.heard(value.length);
    writeAll(file, value);
    end += value.length;
    if (end > total) break;
    progress?.(end, total);
  }
  file.syncSync();
  if (end === total || Number.isNaN(total)) return end;
  if (end > total) file.truncateSync(0);
  throw new PassingError(
    end > total
      ? `the server sends more than the ${total} bytes of the file`
      : `the connection ended at ${end} of ${total} bytes`,
  );
}

/** Waits, but not for one who does not want to any more. */
function later(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => {
    const stop = () => (clearTimeout(timer), done());
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      done();
    }, waitMs);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

function inMb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
