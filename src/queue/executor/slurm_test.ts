import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { defaultOptions } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { QueueSilence } from "./_ask.ts";
import { withPrograms } from "../_testing.ts";
import { queuedTasks, sbatchOptions, slurm } from "./slurm.ts";

const work = { name: "loss", folder: "/r/100%d", tasks: [1], after: [] };
const byDefault = defaultOptions(slurm);

Deno.test("sbatchOptions() divides an array and asks for a signal before the end", () => {
  deepStrictEqual(
    sbatchOptions({
      ...byDefault,
      ...{ partition: "gpu", gpus: 1, cpus: 8, memory: "32G" },
      ...{ time: "4:00:00", warnS: 300, atOnce: 5 },
    }, { ...work, tasks: [1, 2, 3, 7, 9, 10] }),
    [
      "--parsable",
      "--job-name=loss",
      "--chdir=/r/100%d",
      "--open-mode=append",
      "--requeue",
      "--partition=gpu",
      "--array=1-3,7,9-10%5",
      "--output=%a.log",
      "--signal=B:USR1@300",
      "--gpus=1",
      "--cpus-per-task=8",
      "--mem=32G",
      "--time=4:00:00",
    ],
  );
});

Deno.test("sbatchOptions() lets what gathers wait, and asks no card for it", () => {
  deepStrictEqual(
    sbatchOptions({ ...byDefault, gpus: 1, time: 600 }, {
      ...work,
      tasks: null,
      after: ["4711", "4712"],
    }),
    [
      "--parsable",
      "--job-name=loss-end",
      "--chdir=/r/100%d",
      "--open-mode=append",
      "--requeue",
      "--dependency=afterany:4711:4712,singleton",
      "--output=end.log",
    ],
  );
  const after = sbatchOptions(byDefault, { ...work, after: ["4711"] });
  deepStrictEqual(after[5], "--dependency=afterany:4711");
});

Deno.test("queuedTasks() reads what squeue says", () => {
  deepStrictEqual(
    queuedTasks(
      "4711|3|RUNNING|None\n4711|4|PENDING|BeginTime\n4712|N/A|PENDING|Dependency\n4713|1|COMPLETING|None",
    ),
    [
      { job: "4711", task: 3, isRunning: true, reason: "" },
      { job: "4711", task: 4, isRunning: false, reason: "BeginTime" },
      { job: "4712", task: null, isRunning: false, reason: "Dependency" },
      { job: "4713", task: 1, isRunning: true, reason: "" },
    ],
  );
  deepStrictEqual(queuedTasks(""), []);
});

Deno.test("slurm refuses a time in which nothing can be trained", async () => {
  const queue = slurm.create({ ...byDefault, time: 4 })!;
  await rejects(
    queue.submit({ ...work, command: ["true"], file: null, from: "/" }),
    /of 4, nothing is left to train in/,
  );
});

Deno.test("slurm asks for its own jobs, and takes an unknown one for ended", async () => {
  const { look } = slurm.create(byDefault)!;
  const by = (squeue: string, jobs: readonly string[]) =>
    withPrograms({ squeue }, () => look(jobs));
  deepStrictEqual(await by("exit 1", []), []);
  const [asked] = await by(`echo "$4|1|PENDING|None"`, ["4711", "4712"]);
  deepStrictEqual(asked!.job, "--jobs=4711,4712");
  const gone = "echo >&2 'slurm_load_jobs error: Invalid job id specified'";
  deepStrictEqual(await by(`${gone}; exit 1`, ["4711"]), []);
  await rejects(by("exit 1", ["4711"]), /squeue failed/);
  const down = "slurm_load_jobs error: Unable to contact slurm controller";
  await rejects(by(`echo >&2 '${down}'; exit 1`, ["4711"]), QueueSilence);
});

Deno.test("slurm hands a script over, and its answer may name a cluster", () =>
  inTemporaryFolder(async (folder) => {
    const { submit } = slurm.create(byDefault)!;
    const sbatch = `for last; do :; done; echo "$last;cluster"`;
    const given = { ...work, folder, command: ["a", "4711"] };
    const job = await withPrograms(
      { sbatch },
      () => submit({ ...given, file: join(folder, "a.yaml"), from: folder }),
    );
    deepStrictEqual(job, "4711");
    match(Deno.readTextFileSync(join(folder, "slurm.sbatch")), /exec "\$@"/);
  }));
