import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { ExperimentError } from "./errors.ts";
import type { TestQuestion, TestTask } from "./_threads_testing.ts";
import { Threads } from "./threads.ts";

function start(count: number, { fails = false } = {}) {
  const workers: Worker[] = [];
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const threads = new Threads<TestTask, TestQuestion, Float32Array>({
    start() {
      const url = new URL("./_threads_testing.ts", import.meta.url);
      const worker = new Worker(url, { type: "module" });
      workers.push(worker);
      return worker;
    },
    ...{ count, task: { fails, closed }, doing: "count" },
  });
  return { threads, closed, workers };
}

Deno.test("Threads divides questions evenly and ends in good order", async () => {
  const { threads, closed } = start(2);
  {
    await using _ = threads;
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => threads.ask([n])),
    );
    deepStrictEqual(
      answers.map((one) => [...one]),
      [[1, 1], [2, 1], [3, 2], [4, 2]], // what it was, and the thread's how manieth
    );
  }
  deepStrictEqual(closed[0], 2);
  await rejects(threads.ask([5]), {
    message: "Cannot count: its threads were ended",
  });
});

Deno.test("Threads passes on what a thread throws, and goes on", async () => {
  await using threads = start(1).threads;
  await rejects(threads.ask("refuse"), (error) => {
    ok(error instanceof ExperimentError);
    deepStrictEqual(
      [error.message, error.where, error.fix],
      ["Cannot read it", "a", "b"],
    );
    return true;
  });
  await rejects(threads.ask("throw"), { message: "Cannot count: too far" });
  deepStrictEqual([...await threads.ask([7])], [7, 1]);
});

Deno.test("Threads says to each question why a thread cannot begin", async () => {
  await using threads = start(1, { fails: true }).threads;
  for (let i = 0; i < 2; i++) {
    await rejects(threads.ask([1]), {
      message: "Cannot count: x is no function",
    });
  }
});

Deno.test("Threads leaves no question open when a thread dies or is ended", async () => {
  const { threads: dying, workers } = start(2);
  const open = [dying.ask("wait"), dying.ask("wait")].map((one) =>
    rejects(one, { message: "Cannot count: out of memory" })
  );
  workers[1]!.dispatchEvent(
    new ErrorEvent("error", { message: "out of memory", cancelable: true }),
  );
  await Promise.all(open);
  await rejects(dying.ask([1]), /out of memory/);
  await dying[Symbol.asyncDispose](); // does not wait for the dead

  const { threads, closed } = start(1);
  const cut = rejects(threads.ask("wait"), /its threads were ended$/);
  await threads[Symbol.asyncDispose]();
  await cut;
  deepStrictEqual(closed[0], 0);
});
