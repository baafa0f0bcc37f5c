import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { queueNamed } from "@/queue/mod.ts";
import type { RunState } from "@/record/mod.ts";
import { executorOf, submittedText, workCommand } from "./_submit.ts";
import { projectFolder } from "./mod.ts";

const given = { queue: queueNamed("slurm"), name: "loss", matrix: null };

/** Runs in a state, as they stood before. */
function standings(state: RunState, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    run: { id: `${state}${i + 1}`, state },
  }));
}

Deno.test("submittedText() says what was submitted and what was not, and how to stop it", () => {
  const submitted = {
    handedOver: {
      ...{ folder: "/r/queue/loss-1", jobs: ["7", "8"], endJob: "9", count: 1 },
      rung: null,
    },
    standings: [...standings("finished", 4), ...standings("failed", 1)],
    ...{ busy: [], gathering: [] },
  };
  deepStrictEqual(submittedText(submitted, given).split("\n").slice(0, 5), [
    "Submitted 1 run as 7, 8; at the end, 9 gathers them and writes the page",
    "4 runs finished before (finished1, finished2, finished3, …)",
    "  logs in       /r/queue/loss-1",
    "  see them by   deno task list loss",
    "  stop them by  scancel 7 8 9",
  ]);
  deepStrictEqual(
    submittedText({
      ...{ handedOver: null, busy: [{ job: "7_1" }], gathering: [] },
      standings: standings("running", 3),
    }, given),
    "Nothing to submit: 3 runs run by other processes (running1, running2, " +
      "running3), 1 run queued or running already (7_1)",
  );
});

Deno.test("executorOf() refuses what only a queue, or only this process, can do", async () => {
  const plain = { wait: false, open: false };
  deepStrictEqual((await executorOf({ ...plain, open: true })).queue, null);
  const slurm = { ...plain, executor: "slurm", wait: true };
  deepStrictEqual((await executorOf(slurm)).entry.type, "slurm");
  await rejects(executorOf({ ...plain, wait: true }), /none is asked/);
  await rejects(executorOf({ ...slurm, open: true }), /a queue writes later/);
});

Deno.test("workCommand() is the task of deno.json, from whatever folder", () => {
  const [program, verb, ...rest] = workCommand(projectFolder)(
    "/r/a b",
    "task",
  );
  deepStrictEqual([program, verb], [Deno.execPath(), "run"]);
  deepStrictEqual(rest.slice(0, 2), ["--config", `${projectFolder}/deno.json`]);
  match(rest.join("\n"), /^-P=compute$/m);
  deepStrictEqual(
    rest.slice(-3),
    [`${projectFolder}/src/main.ts`, "work", "/r/a b"],
  );
});
