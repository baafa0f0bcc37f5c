import { join } from "node:path";
import { type Entry, ExperimentError } from "@/core/mod.ts";
import type {
  HandedOver,
  ReportingContext,
  SubmitRequest,
  Submitted,
} from "@/experiment/mod.ts";
import type { Queue, Task } from "@/queue/mod.ts";
import type { MatrixRecord, Run, RunState } from "@/record/mod.ts";
import { follow } from "./_follow.ts";
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

/** The program and words of work for a queue: those of its own task in deno.json. */
export function workCommand(
  projectFolder: string,
): SubmitRequest["command"] {
  const config = join(projectFolder, "deno.json");
  const { tasks } = JSON.parse(Deno.readTextFileSync(config)) as {
    readonly tasks: Readonly<Record<"work", { readonly command: string }>>;
  };
  const [, verb, ...rest] = tasks.work.command.split(" ");
  const absolute = rest.map((word) =>
    word.endsWith(".ts") ? join(projectFolder, word) : word
  );
  const words = [Deno.execPath(), verb!, "--config", config, ...absolute];
  return (folder, what) => [
    ...words,
    folder,
    ...what === "end" ? ["--end"] : [],
  ];
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
  const { queue, chosen, matrix } = request;
  const { name } = chosen[0]!.plan.spec;
  place.print(submittedText(submitted, { queue, name, matrix }));
  if (!waits || !submitted.handedOver) return 0;
  return await follow(submitted.handedOver, { ...request, place });
}

/** What a user is told of what a queue was given. */
export function submittedText(
  { handedOver, standings, busy, gathering }:
    & Pick<Submitted, "handedOver" | "gathering">
    & {
      readonly standings: readonly {
        readonly run: Pick<Run, "id" | "state"> | null;
      }[];
      readonly busy: readonly Pick<Task, "job">[];
    },
  { queue, name, matrix }: Pick<SubmitRequest, "queue"> & {
    readonly name: string;
    readonly matrix: Pick<MatrixRecord, "search"> | null;
  },
): string {
  const inState = (state: RunState) =>
    standings.flatMap(({ run }) => run?.state === state ? [run.id] : []);
  const before = [
    { ids: inState("finished"), what: "finished before" },
    { ids: inState("stopped"), what: "stopped by the search so far" },
    { ids: inState("running"), what: "run by other processes" },
    { ids: busy.map(({ job }) => job), what: "queued or running already" },
  ].filter(({ ids }) => ids.length > 0).map(({ ids, what }) =>
    `${counted(ids.length, "run")} ${what} (${some(ids)})`
  );
  if (!handedOver) {
    const next = gathering.length > 0
      ? [`${gathering.join(", ")} gathers and goes on with the search`]
      : [];
    return `Nothing to submit: ${[...next, ...before].join(", ")}`;
  }
  const { jobs, endJob, folder } = handedOver;
  return [
    handedOverText(handedOver, { matrix }),
    ...before,
    `  logs in       ${folder}`,
    `  see them by   deno task list ${name}`,
    `  stop them by  ${queue.stopBy([...jobs, endJob])}`,
    "The same command submits what is missing, failed or was stopped, and goes on",
    "from its checkpoints.",
  ].join("\n");
}

/** What a queue was given, and what follows. */
export function handedOverText(
  { count, jobs, endJob, rung }: HandedOver,
  { matrix }: { readonly matrix: Pick<MatrixRecord, "search"> | null },
): string {
  const rungs = matrix?.search?.rungs.length ?? 0;
  const isMeasured = rung !== null && rung > rungs;
  const what = isMeasured ? "the chosen trial" : counted(count, "run");
  const stage = rung === null || isMeasured || rungs === 1
    ? ""
    : `, rung ${rung} of ${rungs},`;
  const then = rung === null || isMeasured
    ? "gathers them and writes the page"
    : rung < rungs
    ? "gathers them and submits those that go on"
    : "gathers them and submits the best to be measured";
  const them = isMeasured ? then.replace("them", "it") : then;
  return `Submitted ${what}${stage} as ${
    jobs.join(", ")
  }; at the end, ${endJob} ${them}`;
}

/** The first of some names, and whether there are more. */
function some(names: readonly string[]): string {
  const most = 3;
  return names.slice(0, most).join(", ") + (names.length > most ? ", …" : "");
}
