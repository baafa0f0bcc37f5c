import { join, resolve } from "node:path";
import * as z from "zod";
import { ExperimentError, type Options, writeAtomically } from "@/core/mod.ts";
import { ask, type Question } from "./_ask.ts";
import { defineExecutor, type QueuedTask, type Work } from "./_executor.ts";
import { exported, ofThisJob } from "./_slurm_environment.ts";
import { scriptText, settingsFolder } from "./_slurm_script.ts";
import { leavesTime } from "./_slurm_time.ts";

const options = {
  partition: z.string().min(1).optional().describe("the partition to wait in"),
  gpus: z.union([z.int().min(1), z.string().min(1)]).optional().describe(
    "cards for each task, such as 1 or a100:1",
  ),
  cpus: z.int().min(1).optional().describe("processor cores for each task"),
  memory: z.union([z.int().min(1), z.string().regex(/^\d+[KMGT]?$/)]).optional()
    .meta({ title: "a size such as 32G, or MiB as a number" })
    .describe("memory for each task, such as 32G"),
  time: z.union([z.int().min(1), z.string().regex(/^[\d:-]+$/)]).optional()
    .meta({ title: "a time such as 4:00:00 or 1-12:00:00, or minutes" })
    .describe(
      "the longest a task may take at once, such as 4:00:00; then it writes a checkpoint and queues again",
    ),
  warnS: z.int().min(10).max(3600).default(180).describe(
    "seconds before the end of its time at which a task writes its checkpoint",
  ),
  atOnce: z.int().min(1).optional().describe("the most tasks that run at once"),
  template: z.string().min(1).optional().describe(
    'batch script with the user\'s own #SBATCH lines, which ends with exec "$@"; slurm.sbatch beside the experiment or in ~/.config/cleft by default',
  ),
};

/** Options that were given, and the defaults. */
type Given = Options<typeof options>;

/** An array of Slurm, asked by its own programs. */
export const slurm = defineExecutor({
  name: "slurm",
  summary: "A job array of Slurm, a task for each run",
  options,
  create: (given) => ({
    stopBy: (jobs) => `scancel ${jobs.join(" ")}`,
    logOf: (task) => `${task ?? "end"}.log`,
    async submit(work) {
      checkTime(given);
      const script = join(work.folder, "slurm.sbatch");
      const settings = settingsFolder((name) => Deno.env.get(name));
      const template = given.template && resolve(work.from, given.template);
      writeAtomically(script, scriptText({ ...work, template, settings }));
      const environment = Deno.env.toObject();
      const said = await askSlurm({
        program: "sbatch",
        without: ofThisJob(environment),
        args: [
          ...sbatchOptions(given, work),
          ...exported(environment),
          ...[script, ...work.command],
        ],
        doing: "submit to Slurm",
        fix: "Mend it by the options of --executor, or in slurm.sbatch",
      });
      return said.split(";")[0]!; // another cluster's name may follow
    },
    look: lookAt,
    taskHere: () => {
      const number = Number(Deno.env.get("SLURM_ARRAY_TASK_ID"));
      return number > 0 ? number : null;
    },
    async restart() {
      const job = Deno.env.get("SLURM_JOB_ID") ?? "";
      const args = ["requeue", job];
      await askSlurm({
        ...{ program: "scontrol", args, doing: "queue the task again" },
        fix: "Submit it again; it goes on from its checkpoint",
      });
    },
  }),
});

/** What Slurm's programs say where its controller is down or busy. */
const silence =
  /unable to contact|timed out|zero bytes|standby mode|not responding|temporarily unable|communication|message \w+ failure/i;

function askSlurm(question: Omit<Question, "silence">): Promise<string> {
  return ask({ ...question, silence });
}

/**
 * A task that is told at once that its time is up would queue for ever.
 *
 * @throws {ExperimentError} If it is.
 */
function checkTime({ time, warnS }: Given): void {
  if (time === undefined || leavesTime(time, warnS)) return;
  throw new ExperimentError(
    `Cannot submit to Slurm: of ${time}, nothing is left to train in, as tasks ` +
      `write their checkpoints ${warnS} s before the end, and Slurm may tell ` +
      "them a minute early",
    { where: "--executor", fix: "Give more time, or a smaller warnS" },
  );
}

/** What sbatch is told before the script; it comes before the script's own lines. */
export function sbatchOptions(
  { partition, gpus, cpus, memory, time, warnS, atOnce }: Given,
  { name, folder, tasks, after }: Omit<Work, "command" | "file" | "from">,
): readonly string[] {
  const set = (option: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${option}=${value}`];
  const isEnd = tasks === null;
  const waits = [
    ...after.length > 0 ? [`afterany:${after.join(":")}`] : [],
    ...isEnd ? ["singleton"] : [], // after others of its name: one gathers at a time
  ];
  return [
    "--parsable",
    `--job-name=${name}${isEnd ? "-end" : ""}`,
    `--chdir=${folder}`, // the log's name alone has % for what Slurm fills in
    "--open-mode=append",
    "--requeue",
    ...waits.length > 0 ? [`--dependency=${waits.join(",")}`] : [],
    ...set("partition", partition),
    ...isEnd ? ["--output=end.log"] : [
      `--array=${rangesOf(tasks)}${atOnce === undefined ? "" : `%${atOnce}`}`,
      "--output=%a.log",
      `--signal=B:USR1@${warnS}`,
      ...set("gpus", gpus),
      ...set("cpus-per-task", cpus),
      ...set("mem", memory),
      ...set("time", time),
    ],
  ];
}

/** Rising numbers as `1-3,7`. */
function rangesOf(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([a, b]) => a === b ? `${a}` : `${a}-${b}`).join(",");
}

/** States of Slurm in which a task has been given its machine. */
const running = new Set([
  ...["RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "STOPPED"],
  ...["SIGNALING", "STAGE_OUT", "RESIZING"],
]);

async function lookAt(
  jobs: readonly string[],
): Promise<readonly QueuedTask[]> {
  if (jobs.length === 0) return [];
  const args = ["--noheader", "--array", "--format=%F|%K|%T|%r"];
  try {
    const said = await askSlurm({
      program: "squeue",
      args: [...args, `--jobs=${jobs.join(",")}`],
      doing: "see what is queued",
      fix: "Try again once Slurm answers",
    });
    return queuedTasks(said);
  } catch (error) {
    // So it says of a single job that ended a while ago.
    const isOver = error instanceof ExperimentError &&
      error.message.includes("Invalid job id specified");
    if (isOver) return [];
    throw error;
  }
}

/** What squeue says, a task a line. */
export function queuedTasks(said: string): readonly QueuedTask[] {
  return said.split("\n").filter((line) => line !== "").map((line) => {
    const [job, task, state, ...reason] = line.trim().split("|");
    const isRunning = running.has(state!);
    return {
      job: job!,
      task: /^\d+$/.test(task!) ? Number(task) : null,
      isRunning,
      reason: isRunning ? "" : reason.join("|"),
    };
  });
}
