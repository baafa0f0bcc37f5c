import { deepStrictEqual, throws } from "node:assert/strict";
import { WaitedThread } from "./waited_thread.ts";

function startAnswering(): Worker {
  const url = new URL("./_waited_thread_testing.ts", import.meta.url);
  return new Worker(url, { type: "module" });
}

Deno.test("WaitedThread waits for answers, which may be shorter than there is room", () => {
  using thread = new WaitedThread<number>(startAnswering);
  deepStrictEqual([...thread.ask(2, 3)], [2, 2]);
  deepStrictEqual([...thread.ask(5, 8)], [5, 5, 5, 5, 5]);
  deepStrictEqual([...thread.ask(1, 1)], [1]);
});

Deno.test("WaitedThread throws what a thread says, with its causes, and goes on", () => {
  using thread = new WaitedThread<number>(startAnswering);
  throws(() => thread.ask(4, 3), { message: "it is damaged: 4 bytes" });
  deepStrictEqual([...thread.ask(3, 3)], [3, 3, 3]);
});

Deno.test("WaitedThread begins anew after a thread that did not start", () => {
  let started = 0;
  using thread = new WaitedThread<number>(() => {
    started++;
    return new Worker("data:text/javascript,onmessage = () => {}", {
      type: "module",
    });
  }, { startMs: 1 });
  for (let i = 0; i < 2; i++) {
    throws(() => thread.ask(1, 1), {
      message: "the thread that reads it does not start",
    });
  }
  deepStrictEqual(started, 2);
});
