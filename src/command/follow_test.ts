import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import type { ReportingContext } from "@/experiment/mod.ts";
import { type Queue, QueueSilence } from "@/queue/mod.ts";
import { submit, withPrograms } from "@/queue/_testing.ts";
import { openRecords } from "@/record/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { follow } from "./_follow.ts";

const why = { where: "squeue", fix: "Wait" };
const silent = () => new QueueSilence("Cannot see it: no answer", why);

/** What is printed while a queue says one thing after the other, and the exit code. */
async function following(
  folder: string,
  answers: readonly (readonly boolean[] | Error)[],
) {
  const results = join(folder, "results");
  openRecords(results)[Symbol.dispose]();
  const submission = submit(results, { seeds: [1, 2] });
  const said: string[] = [];
  const left = [...answers];
  const look = () => {
    const next = left.shift()!;
    if (next instanceof Error) return Promise.reject(next);
    return Promise.resolve(next.map((isRunning, i) => ({
      ...{ job: "4711", task: i + 1, isRunning, reason: "" },
    })));
  };
  const place = {
    ...{ resultsFolder: results, signal: new AbortController().signal },
    ...{ wantsPage: false, print: (line: string) => said.push(line) },
  } as unknown as ReportingContext;
  const handedOver = {
    ...{ folder: submission, jobs: ["4711"], endJob: "4712", count: 2 },
    rung: null,
  };
  const code = await withPrograms(
    { squeue: "exit 0" },
    () =>
      follow(handedOver, {
        ...{ place, queue: { look } as unknown as Queue, pauseMs: 1 },
        command: () => [],
      }),
  );
  return { code, said };
}

Deno.test("follow() waits on while a queue is silent, says it once, and ends as the jobs are gone", () =>
  inTemporaryFolder(async (folder) => {
    const { code, said } = await following(folder, [
      [true, false],
      silent(),
      silent(),
      silent(),
      [true, true],
      [true, true],
      [],
    ]);
    deepStrictEqual(code, 1);
    deepStrictEqual(said.slice(0, 3), [
      "1 queued, 1 running",
      "Cannot see it: no answer; waiting on, as jobs go on meanwhile",
      "0 queued, 2 running",
    ]);
    deepStrictEqual(said.slice(3).map((line) => line.split(":")[0]), [
      ...["4711_1 failed", "4711_2 failed"],
    ]);
  }));

Deno.test("follow() ends where a queue refuses to answer", () =>
  inTemporaryFolder(async (folder) => {
    const refusal = new ExperimentError("Cannot see it: you may not", why);
    await rejects(following(folder, [refusal]), /you may not/);
  }));
