/** The longest reason that is passed on, in bytes. */
const reasonBytes = 4096;

/** Places of `state`: how it stands, and how many bytes there are. */
const standing = 0, length = 1;
const done = 1, failed = 2;

interface Message<Question> {
  readonly question: Question;
  /** Where the answer goes. */
  readonly result: Uint8Array<SharedArrayBuffer>;
  /** Two numbers, the first of them 0 until there is an answer. */
  readonly state: SharedArrayBuffer;
  /** Why it failed, in UTF-8. */
  readonly reason: SharedArrayBuffer;
}

/**
 * A thread whose answers are waited for: volumes are read at once, some libraries
 * answer later.
 */
export class WaitedThread<Question> implements Disposable {
  readonly #start: () => Worker;
  readonly #startMs: number;
  #worker: Worker | undefined;
  readonly #state = new SharedArrayBuffer(8);
  readonly #reason = new SharedArrayBuffer(reasonBytes);
  #result = new SharedArrayBuffer(0);
  #hasAnswered = false;

  /**
   * @param start Starts it, once there is a question; it answers by
   * {@linkcode answerInThread}.
   * @param options.startMs More than that takes on any machine.
   */
  constructor(
    start: () => Worker,
    { startMs = 120_000 }: { readonly startMs?: number } = {},
  ) {
    this.#start = start;
    this.#startMs = startMs;
  }

  /**
   * The bytes that answer a question, at most `most`, as a view of memory that the
   * next answer writes over.
   *
   * @throws {Error} Why there is no answer.
   */
  ask(question: Question, most: number): Uint8Array {
    if (this.#result.byteLength < most) {
      this.#result = new SharedArrayBuffer(most);
    }
    const state = new Int32Array(this.#state).fill(0);
    this.#worker ??= this.#start();
    this.#worker.postMessage(
      {
        question,
        result: new Uint8Array(this.#result, 0, most),
        state: this.#state,
        reason: this.#reason,
      } satisfies Message<Question>,
    );
    const waited = Atomics.wait(
      ...[state, standing, 0] as const,
      this.#hasAnswered ? Infinity : this.#startMs,
    );
    if (waited === "timed-out") {
      this[Symbol.dispose](); // or its answer would be taken for the next one's
      throw new Error("the thread that reads it does not start");
    }
    this.#hasAnswered = true;
    const bytes = state[length]!;
    if (state[standing] === done) return new Uint8Array(this.#result, 0, bytes);
    const text = new Uint8Array(this.#reason, 0, bytes);
    throw new Error(new TextDecoder().decode(text.slice()));
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#hasAnswered = false;
  }
}

/**
 * Answers the questions of a {@linkcode WaitedThread} from within it: writes into
 * `result` and says how many bytes there are.
 */
export function answerInThread<Question>(
  answer: (
    question: Question,
    result: Uint8Array<SharedArrayBuffer>,
  ) => Promise<number>,
): void {
  globalThis.addEventListener("message", async (event) => {
    const { question, ...to } = (event as MessageEvent<Message<Question>>).data;
    const state = new Int32Array(to.state);
    const end = (how: number, bytes: number) => {
      state[length] = bytes;
      Atomics.store(state, standing, how);
      Atomics.notify(state, standing);
    };
    try {
      end(done, await answer(question, to.result));
    } catch (error) {
      const text = new TextEncoder().encode(reasonOf(error));
      const part = text.subarray(0, reasonBytes);
      new Uint8Array(to.reason).set(part);
      end(failed, part.length);
    }
  });
}

/** What an error and its causes say. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `${error}`;
  return error.cause === undefined
    ? error.message
    : `${error.message}: ${reasonOf(error.cause)}`;
}
