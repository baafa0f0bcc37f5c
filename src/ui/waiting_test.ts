import { deepStrictEqual, match } from "node:assert/strict";
import {
  makeSubmissionFolder,
  partFolder,
  partName,
  writeSubmission,
} from "@/queue/mod.ts";
import { eventsOf, recordRun, withUi } from "./_testing.ts";
import { liveTask, Waiting } from "./waiting.ts";

/** Submits one run of a matrix, to a queue that is not there. */
function submit(results: string): void {
  const planHash = "5f".repeat(32), part = partName("pair", planHash);
  Deno.mkdirSync(partFolder(results, part), { recursive: true });
  writeSubmission(makeSubmissionFolder(results, "pair"), {
    ...{ format: 1, at: "2026-11-27T10:00:00Z", executor: "slurm" },
    ...{ experiment: "pair", file: "pair.yaml", overrides: [] },
    ...{ dataRoots: [], boardFolder: null, endJob: null },
    ...{ options: {}, from: null, rung: null },
    matrix: { name: "pair", axes: [], variants: [] },
    tasks: [{
      ...{ number: 1, values: { loss: "dice" }, planHash, part, level: 0 },
      job: "4711",
    }],
  });
}

Deno.test("Waiting tells of tasks once they are otherwise, and lists them beside runs", () =>
  withUi(async ({ base, folder, get, records }) => {
    recordRun(records);
    submit(folder);
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", folder); // without squeue
    using _ = { [Symbol.dispose]: () => Deno.env.set("PATH", path) };
    let changes = 0;
    const waiting = new Waiting(folder, () => changes++);
    await waiting.ask();
    await waiting.ask(); // too soon to ask again
    deepStrictEqual([waiting.tasks.length, changes], [1, 1]);
    const { id, label, state, scores, isRecorded } = liveTask(
      waiting.tasks[0]!,
      ["ap"],
    );
    deepStrictEqual(
      [id, label, state, scores, isRecorded],
      ["4711_1", "pair · dice", "submitted", [null], false],
    );
    const stage = "rung 2 of 3";
    const queued = { ...waiting.tasks[0]!, stage, reason: "Priority" };
    deepStrictEqual(
      [queued, { ...queued, reason: null }].map((task) =>
        liveTask(task, []).reason
      ),
      ["rung 2 of 3; Priority", stage],
    );
    // A page that follows is told as soon as the queue was asked.
    await get("");
    const events = eventsOf(`${base}/events?since=1`);
    const { value } = await events.next();
    const told = JSON.stringify(value!.data);
    match(told, /◷<\/span>submitted/);
    match(told, /2 runs, 1 submitted; Cannot /);
    await events.return(undefined);
    const { hits } = JSON.parse(await get("search?text=submitted+dice"));
    deepStrictEqual(hits, ["4711_1"]);
  }));
