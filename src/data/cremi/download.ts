import { ExperimentError, removeIfThere, writeAtomically } from "@/core/mod.ts";

/** How a download goes about it. */
export interface DownloadOptions {
  /** Told in lines what happens. */
  notify(line: string): void;
  /** Stops it; what has come stays and the next call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** How often a cut connection is taken up again. */
  readonly retries?: number | undefined;
  /** Silence after which a connection counts as cut. */
  readonly stallMs?: number | undefined;
}

/**
 * Downloads to `<path>.part`, going on where an earlier call stopped if the
 * server's file is still the same, and gives back the size once all of it came.
 *
 * @throws {ExperimentError} If the server refuses, the connection keeps being
 * cut, or the disk cannot take it.
 */
export async function downloadPart(
  url: string,
  path: string,
  options: DownloadOptions,
): Promise<number> {
  const { retries = 4, notify } = options;
  for (let attempt = 0;; attempt++) {
    try {
      return await attemptPart(url, path, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof CutConnection)) throw error;
      if (attempt < retries) {
        notify(`${error.message}; goes on`);
        continue;
      }
      throw new ExperimentError(`Cannot download ${url}: ${error.message}`, {
        where: url,
        fix: "Run the command again: it goes on where it stopped",
        cause: error.cause,
      });
    }
  }
}

/** The connection failed on its way; the next attempt may do. */
class CutConnection extends Error {}

async function attemptPart(
  url: string,
  path: string,
  { notify, signal, stallMs = 60_000 }: DownloadOptions,
): Promise<number> {
  const part = `${path}.part`, note = `${part}.json`;
  const validator = readNote(note), have = validator ? sizeOf(part) : 0;
  using watch = new Watch(stallMs, signal);
  const response = await watch.guard(() =>
    fetch(url, {
      signal: watch.signal,
      headers: {
        "accept-encoding": "identity", // sizes and ranges are those of the file
        ...(validator && have > 0
          ? { range: `bytes=${have}-`, "if-range": validator }
          : {}),
      },
    })
  );
  const range = response.headers.get("content-range") ?? "";
  const whole = Number(/\/(\d+)$/.exec(range)?.[1] ?? NaN);
  if (response.status === 416) {
    await response.body?.cancel();
    if (whole === have) return have;
    removeIfThere(part);
    throw new CutConnection("the part on disk does not fit the server's file");
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw refusal(url, response.status);
  }
  const isResumed = response.status === 206 &&
    range.startsWith(`bytes ${have}-`);
  if (response.status === 206 && !isResumed) {
    await response.body?.cancel();
    removeIfThere(part);
    throw new CutConnection("the server sent another range than asked for");
  }
  if (have > 0) {
    notify(
      isResumed
        ? `goes on at ${inMb(have)} MB`
        : "the server cannot go on where we stopped, begins again",
    );
  }
  const start = isResumed ? have : 0;
  const length = Number(response.headers.get("content-length") ?? NaN);
  const total = isResumed ? whole : length;
  writeNote(note, response.headers);
  const end = await store(response.body, part, start, total, watch, notify);
  if (Number.isFinite(total) && end !== total) {
    throw new CutConnection(`the connection ended at ${end} of ${total} bytes`);
  }
  removeIfThere(note);
  return end;
}

/** Appends a body to a file from `start` on and gives back where it ended. */
async function store(
  body: ReadableStream<Uint8Array> | null,
  part: string,
  start: number,
  total: number,
  watch: Watch,
  notify: (line: string) => void,
): Promise<number> {
  let end = start, tenths = Math.floor(10 * start / total);
  const write = diskGuard(part);
  using file = write(() => Deno.openSync(part, { create: true, write: true }));
  write(() => file.truncateSync(start));
  write(() => file.seekSync(start, Deno.SeekMode.Start));
  const reader = (body ?? new Response("").body!).getReader();
  for (;;) {
    const { done, value } = await watch.guard(() => reader.read());
    if (done) break;
    for (let at = 0; at < value.length;) {
      at += write(() => file.writeSync(value.subarray(at)));
    }
    end += value.length;
    if (Math.floor(10 * end / total) > tenths) {
      tenths = Math.floor(10 * end / total);
      notify(`${10 * tenths} % of ${inMb(total)} MB`);
    }
  }
  write(() => file.syncSync());
  return end;
}

/** Turns a failure of the disk into an error that says what to do. */
function diskGuard(path: string): <Result>(act: () => Result) => Result {
  return (act) => {
    try {
      return act();
    } catch (error) {
      throw new ExperimentError(
        `Cannot write "${path}": ${
          error instanceof Error ? error.message : error
        }`,
        {
          where: path,
          fix: "Make room on the disk or choose another folder, then run again",
          cause: error,
        },
      );
    }
  };
}

/** Notices when a connection fails or falls silent. */
class Watch implements Disposable {
  readonly signal: AbortSignal;
  readonly #stall = new AbortController();
  readonly #stallMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(stallMs: number, signal: AbortSignal | undefined) {
    this.#stallMs = stallMs;
    this.signal = AbortSignal.any(
      signal ? [signal, this.#stall.signal] : [this.#stall.signal],
    );
  }

  /** Waits for something the network does, but not for ever. */
  async guard<Result>(wait: () => Promise<Result>): Promise<Result> {
    this.#timer = setTimeout(() => this.#stall.abort(), this.#stallMs);
    try {
      return await wait();
    } catch (cause) {
      const why = this.#stall.signal.aborted
        ? `nothing came for ${this.#stallMs / 1000} s`
        : `the connection failed (${
          cause instanceof Error ? cause.message : cause
        })`;
      throw new CutConnection(why, { cause });
    } finally {
      clearTimeout(this.#timer);
    }
  }

  [Symbol.dispose](): void {
    this.#stall.abort();
  }
}

function refusal(url: string, status: number): ExperimentError {
  const why = status === 404
    ? "the server has no such file"
    : `the server answers ${status}`;
  return new ExperimentError(`Cannot download ${url}: ${why}`, {
    where: url,
    fix: status === 404
      ? "Look at https://cremi.org/data/ for the address and name it by --base-url"
      : "Run the command again later",
  });
}

/** What the server's file was when the part began, by ETag or date. */
function readNote(note: string): string | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(note)).validator;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

function writeNote(note: string, headers: Headers): void {
  const tag = headers.get("etag");
  // A weak tag does not promise equal bytes, which a range needs.
  const validator = tag && !tag.startsWith("W/")
    ? tag
    : headers.get("last-modified");
  if (validator) writeAtomically(note, JSON.stringify({ validator }));
  else removeIfThere(note);
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

function inMb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
