import { ExperimentError } from "./errors.ts";
import { serveInThread } from "./threads.ts";

/** What a thread of the tests is to do. */
export interface TestTask {
  /** Whether it cannot even begin. */
  readonly fails?: boolean;
  /** Counts the threads that have ended in good order. */
  readonly closed: Int32Array<SharedArrayBuffer>;
}

/** What it does for a question. */
export type TestQuestion = number[] | "refuse" | "throw" | "wait";

/** How many numbers this thread has been asked about. */
let count = 0;

serveInThread<TestTask, TestQuestion, Float32Array>(({ fails, closed }) => {
  if (fails) throw new TypeError("x is no function");
  return {
    answer(question) {
      if (question === "refuse") {
        throw new ExperimentError("Cannot read it", { where: "a", fix: "b" });
      }
      if (question === "throw") throw new RangeError("too far");
      if (typeof question === "string") return new Promise(() => {});
      return Float32Array.from([...question, ++count]);
    },
    buffersOf: (answer) => [answer.buffer as ArrayBuffer],
    close: () => Atomics.add(closed, 0, 1),
  };
});
