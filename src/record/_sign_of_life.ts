import { RunError } from "@/core/mod.ts";

/** Well within the silence after which others take a process for dead. */
const everyMs = 30_000;

/**
 * Gives a sign of life again and again while the process waits for something,
 * such as a compiler that takes minutes; what computes gives its own.
 */
export class SignOfLife implements Disposable {
  readonly #timer: ReturnType<typeof setInterval>;

  /** Gives them by `give`, from half a minute on. */
  constructor(give: () => void) {
    this.#timer = setInterval(() => {
      try {
        give();
      } catch (error) {
        // Whatever is written next meets the same, and says so.
        if (!(error instanceof RunError)) throw error;
      }
    }, everyMs);
    this.#timer.unref(); // it keeps no process going
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
