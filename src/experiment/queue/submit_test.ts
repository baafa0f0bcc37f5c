import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import {
  partFolder,
  type Queue,
  readSubmission,
  type Work,
} from "@/queue/mod.ts";
import { withPrograms } from "@/queue/_testing.ts";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { smallPlan, Workplace } from "../run/_testing.ts";
import { partOf } from "./part_plan.ts";
import { submitRuns } from "./submit.ts";

/** A queue that takes work as jobs 1, 2, …, up to a number of them. */
function queueOf(most = Infinity): { queue: Queue; taken: Work[] } {
  const taken: Work[] = [];
  const queue = {
    submit(work: Work) {
      if (taken.length < most) return Promise.resolve(`${taken.push(work)}`);
      const fix = "Go to another one";
      throw new ExperimentError("Cannot submit", { where: "here", fix });
    },
  } as Queue;
  return { queue, taken };
}

const base: MatrixVariant = { values: {}, plan: smallPlan() };
const other: MatrixVariant = { values: {}, plan: smallPlan({ seed: 2 }) };
const after: MatrixVariant = {
  ...{ values: {}, plan: smallPlan({ seed: 3 }), beginsWith: base },
};

/** Hands variants to a queue, while squeue says that some tasks wait. */
function submit(
  { context, folder }: Workplace,
  { queue, chosen, waiting = [] }: {
    readonly queue: Queue;
    readonly chosen: readonly MatrixVariant[];
    readonly waiting?: readonly string[];
  },
) {
  const squeue = `echo '${
    waiting.map((task) => `${task}|PENDING|Priority`).join("\n")
  }'`;
  const request = {
    ...{ file: "a.yaml", overrides: [], from: folder, matrix: null, chosen },
    ...{ executor: { type: "slurm" }, queue },
    command: (folder: string, what: string) => [what, folder],
  };
  return withPrograms({ squeue }, () => submitRuns(request, context));
}

Deno.test("submitRuns() hands over level after level, then what gathers, and what waits once", async () => {
  using place = new Workplace();
  const { queue, taken } = queueOf();
  const chosen = [after, base, other];
  const { handedOver } = await submit(place, { queue, chosen });
  const { folder, jobs, endJob, count } = handedOver!;
  deepStrictEqual([jobs, endJob, count], [["1", "2"], "3", 3]);
  deepStrictEqual(
    taken.map(({ tasks, after, command: [what] }) => [tasks, after, what]),
    [
      [[1, 2], [], "task"],
      [[3], ["1"], "task"],
      [null, ["1", "2"], "end"],
    ],
  );
  deepStrictEqual(taken[0]!.file, join(place.folder, "a.yaml"));
  const { tasks, ...submission } = readSubmission(folder);
  deepStrictEqual(submission.endJob, "3");
  deepStrictEqual(
    tasks.map(({ number, level, job, part }) => [number, level, job, part]),
    [
      [1, 0, "1", partOf(base)],
      [2, 0, "1", partOf(other)],
      [3, 1, "2", partOf(after)],
    ],
  );

  const waiting = ["1|1", "1|2", "2|3"];
  const again = await submit(place, { queue, chosen, waiting });
  deepStrictEqual(again.handedOver, null);
  deepStrictEqual(again.busy.map(({ job }) => job), ["2_3", "1_1", "1_2"]);

  const alone = { queue, chosen: [after], waiting: ["1|1"] };
  deepStrictEqual((await submit(place, alone)).handedOver!.count, 1);
  deepStrictEqual(
    taken[3]!.after,
    ["1_1"],
    "it waits for the one it begins with",
  );
});

Deno.test("submitRuns() leaves nothing of what a queue refused, and all of what it took", async () => {
  using place = new Workplace();
  const { resultsFolder } = place.context;
  const filesIn = (name: string) =>
    Array.from(Deno.readDirSync(join(resultsFolder, name))).length;
  const chosen = [base, after];
  await rejects(submit(place, { ...queueOf(0), chosen }), /Cannot submit/);
  deepStrictEqual([filesIn("queue"), filesIn("parts")], [0, 0]);
  await rejects(submit(place, { ...queueOf(1), chosen }), /Cannot submit/);
  deepStrictEqual([filesIn("queue"), filesIn("parts")], [1, 2]);
});

Deno.test("submitRuns() refuses what begins with a run that nobody does", async () => {
  using place = new Workplace();
  const { queue, taken } = queueOf();
  const submitted = submit(place, { queue, chosen: [after] });
  await rejects(submitted, /Cannot begin/);
  deepStrictEqual(taken, []);
});

Deno.test("submitRuns() gives a part no run of the same plan on data of before", async () => {
  using place = new Workplace();
  const { resultsFolder } = place.context;
  const { hash: planHash, trainingHash } = base.plan;
  {
    using records = openRecords(resultsFolder);
    const run = { planHash, trainingHash, plan: JSON.stringify(base.plan) };
    records.startRun(newRun(run)).finish("finished");
  }
  const { handedOver } = await submit(place, { ...queueOf(), chosen: [base] });
  deepStrictEqual(handedOver!.count, 1);
  const part = partFolder(resultsFolder, partOf(base));
  deepStrictEqual(
    Array.from(Deno.readDirSync(part), ({ name }) => name).toSorted(),
    ["goal.json", "plan.json"],
  );
});
