import { PassingError } from "./error.ts";

/** What a connection is judged by. */
export interface WatchOptions {
  /** How long it is watched before it is judged. */
  readonly windowMs: number;
  /** How many bytes have to come in that time. */
  readonly leastBytes: number;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** Notices when a connection fails, falls silent or only trickles. */
export class Watch implements Disposable {
  /** For `fetch`. */
  readonly signal: AbortSignal;
  readonly #failed = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #why = "";
  #bytes = 0;

  /** Begins to watch. */
  constructor({ windowMs, leastBytes, signal }: WatchOptions) {
    const mine = this.#failed.signal;
    this.signal = AbortSignal.any(signal ? [signal, mine] : [mine]);
    this.#timer = setInterval(() => {
      const seconds = windowMs / 1000;
      if (this.#bytes < leastBytes) {
        this.#why = this.#bytes === 0
          ? `nothing came for ${seconds} s`
          : `only ${this.#bytes} bytes came in ${seconds} s`;
        this.#failed.abort();
      }
      this.#bytes = 0;
    }, windowMs);
  }

  /** Says that bytes came. */
  heard(bytes: number): void {
    this.#bytes += bytes;
  }

  /**
   * Waits for something the network does.
   *
   * @throws {PassingError} If it fails, or does not happen in time.
   */
  async guard<Result>(wait: () => Promise<Result>): Promise<Result> {
    try {
      return await wait();
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : cause;
      throw new PassingError(
        this.#why || `the connection failed (${words})`,
        { cause },
      );
    }
  }

  /** Ends it, and the connection if it is still there. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#failed.abort();
  }
}
