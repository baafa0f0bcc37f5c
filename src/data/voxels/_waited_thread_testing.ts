/// <reference lib="deno.worker" />
import { answerInThread } from "./waited_thread.ts";

/** Answers by as many bytes as it is asked for, each as large as their number. */
answerInThread<number>(async (count, result) => {
  await Promise.resolve();
  if (count > result.length) {
    throw new Error("it is damaged", { cause: new Error(`${count} bytes`) });
  }
  result.fill(count, 0, count);
  return count;
});
