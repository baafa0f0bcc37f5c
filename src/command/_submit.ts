import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Entry, ExperimentError } from "@/core/mod.ts";
import type {
  HandedOver,
  ReportingContext,
  SubmitRequest,
  Submitted,
} from "@/experiment/mod.ts";
import type { Queue, Task } from "@/queue/mod.ts";
import type { Run, RunState } from "@/record/mod.ts";
import { counted } from "./_text.ts";

/** For commands that train. */
export const executorOption = {
  executor: {
    value: "EXECUTOR",
    summary:
      "who trains: local, or slurm, such as '{ type: slurm, gpus: 1, time: 4:00:00 }'",
  },
  wait: { summary: "of a queue, wait until all runs have ended" },
} as const;

/** The program and words of a task of a queue: those of its own task in deno.json. */
export function workCommand(
  projectFolder: string,
  ...words: readonly string[]
): readonly string[] {
  const config = join(projectFolder, "deno.json");
  const { tasks } = JSON.parse(Deno.readTextFileSync(config)) as {
    readonly tasks: Readonly<Record<"work", { readonly command: string }>>;
  };
  const [, verb, ...rest] = tasks.work.command.split(" ");
  const absolute = rest.map((word) =>
    word.endsWith(".ts") ? join(projectFolder, word) : word
  );
  return [Deno.execPath(), verb!, "--config", config, ...absolute, ...words];
}

/**
 * Who is to train; without a queue, this process.
 *
 * @throws {ExperimentError} If there is none of that name, or it has no such option.
 */
export async function executorOf(
  { executor = "local", wait, open }: {
    readonly executor?: string | undefined;
    readonly wait: boolean;
    readonly open: boolean;
  },
): Promise<{ readonly entry: Entry; readonly queue: Queue | null }> {
  const { readExecutor } = await import("@/experiment/mod.ts");
  const { executors } = await import("@/queue/mod.ts");
  const entry = readExecutor(executor);
  const queue = executors.create(entry);
  if (queue && open) {
    throw new ExperimentError("Cannot open a page that a queue writes later", {
      where: "--open",
      fix: "Leave it out; then open the page by deno task report NAME --open",
    });
  }
  if (queue || !wait) return { entry, queue };
  throw new ExperimentError("Cannot wait for a queue: none is asked", {
    where: "--wait",
    fix: "Leave it out, or add --executor slurm",
  });
}

/** Hands runs to a queue, and says what follows; the exit code. */
export async function submit(
  request: SubmitRequest,
  { place, waits }: {
    readonly place: ReportingContext;
    readonly waits: boolean;
  },
): Promise<number> {
  const { submitRuns } = await import("@/experiment/mod.ts");
  const submitted = await submitRuns(request, place);
  const { queue, chosen } = request;
  const { name } = chosen[0]!.plan.spec;
  place.print(submittedText(submitted, { queue, name }));
  if (!waits || !submitted.handedOver) return 0;
  return await follow(submitted.handedOver, { queue, place });
}

/** How often a queue is asked. */
const everyMs = 5000;

/** Waits until jobs have ended, and says when something has changed. */
async function follow(
  { folder, jobs, endJob }: HandedOver,
  { queue, place }: {
    readonly queue: Queue;
    readonly place: ReportingContext;
  },
): Promise<number> {
  const { tasksOf } = await import("@/queue/mod.ts");
  for (let last = "";;) {
    const found = await queue.look([...jobs, endJob]);
    if (found.length === 0) break;
    const tasks = found.filter(({ task }) => task !== null);
    const running = tasks.filter(({ isRunning }) => isRunning).length;
    const text = `${tasks.length - running} queued, ${running} running`;
    if (text !== last) place.print(text);
    last = text;
    await setTimeout(everyMs, undefined, { signal: place.signal });
  }
  const { tasks } = await tasksOf(place.resultsFolder);
  const left = tasks.filter(({ submission }) => submission === folder);
  for (const { job, state, log } of left) {
    place.print(`${job} ${state}: ${log}`);
  }
  return left.length > 0 ? 1 : 0;
}

/** What a user is told of what a queue was given. */
export function submittedText(
  { handedOver, standings, busy }: Pick<Submitted, "handedOver"> & {
    readonly standings: readonly {
      readonly run: Pick<Run, "id" | "state"> | null;
    }[];
    readonly busy: readonly Pick<Task, "job">[];
  },
  { queue, name }: { readonly queue: Queue; readonly name: string },
): string {
  const inState = (state: RunState) =>
    standings.flatMap(({ run }) => run?.state === state ? [run.id] : []);
  const before = [
    { ids: inState("finished"), what: "finished before" },
    { ids: inState("running"), what: "run by other processes" },
    { ids: busy.map(({ job }) => job), what: "queued or running already" },
  ].filter(({ ids }) => ids.length > 0).map(({ ids, what }) =>
    `${counted(ids.length, "run")} ${what} (${some(ids)})`
  );
  if (!handedOver) return `Nothing to submit: ${before.join(", ")}`;
  const { count, jobs, endJob, folder } = handedOver;
  return [
    `Submitted ${counted(count, "run")} as ${jobs.join(", ")}; at the end, ` +
    `${endJob} gathers them and writes the page`,
    ...before,
    `  logs in       ${folder}`,
    `  see them by   deno task list ${name}`,
    `  stop them by  ${queue.stopBy([...jobs, endJob])}`,
    "The same command submits what is missing, failed or was stopped, and goes on",
    "from its checkpoints.",
  ].join("\n");
}

/** The first of some names, and whether there are more. */
function some(names: readonly string[]): string {
  const most = 3;
  return names.slice(0, most).join(", ") + (names.length > most ? ", …" : "");
}
