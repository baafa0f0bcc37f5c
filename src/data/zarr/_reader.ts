import { UnknownPacking } from "../voxels/mod.ts";
import { done, type ZarrRequest } from "./_message.ts";

/** The longest reason that is passed on, in bytes. */
const reasonBytes = 4096;

/** More than starting a thread takes on any machine. */
const startMs = 120_000;

/**
 * Reads chunks in a thread of its own and waits for them: zarrita answers later,
 * volumes are read at once.
 */
export class ZarrReader implements Disposable {
  #worker: Worker | undefined;
  readonly #state = new SharedArrayBuffer(4);
  readonly #reason = new SharedArrayBuffer(4 + reasonBytes);
  #result = new SharedArrayBuffer(0);
  #hasAnswered = false;

  /**
   * The bytes of a box, as a view of memory that the next read writes over.
   *
   * @throws {Error} Why it cannot be read.
   */
  read(box: Omit<ZarrRequest, "result" | "state" | "reason">): Uint8Array {
    const size = box.shape.reduce((n, extent) => n * extent, box.bytes);
    if (this.#result.byteLength < size) {
      this.#result = new SharedArrayBuffer(size);
    }
    const state = new Int32Array(this.#state);
    state[0] = 0;
    this.#worker ??= new Worker(new URL("./_worker.ts", import.meta.url), {
      type: "module",
      name: "cleft-zarr",
    });
    this.#worker.postMessage(
      {
        ...box,
        result: this.#result,
        state: this.#state,
        reason: this.#reason,
      } satisfies ZarrRequest,
    );
    const waited = Atomics.wait(
      ...[state, 0, 0] as const,
      this.#hasAnswered ? Infinity : startMs,
    );
    if (waited === "timed-out") {
      throw new Error("the thread that reads it does not start");
    }
    this.#hasAnswered = true;
    if (state[0] === done) return new Uint8Array(this.#result, 0, size);
    const [length] = new Int32Array(this.#reason, 0, 1);
    const text = new Uint8Array(this.#reason, 4, length);
    throw inWords(new TextDecoder().decode(text.slice()));
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** What zarrita says, as users do. */
function inWords(reason: string): Error {
  const [, codec] =
    /^Unknown codec: "?(?:numcodecs\.)?([\w.-]+)/.exec(reason) ?? [];
  return codec === undefined ? new Error(reason) : new UnknownPacking(
    `it is packed by "${codec}", which is not undone; gzip, zlib, zstd, lz4 ` +
      "and blosc are",
  );
}
