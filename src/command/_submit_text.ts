import type { HandedOver, SubmitRequest, Submitted } from "@/experiment/mod.ts";
import type { Task } from "@/queue/mod.ts";
import type { MatrixRecord, Run, RunState } from "@/record/mod.ts";
import { counted } from "./_text.ts";

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
    ...handedOver.rung === null ? [] : [
      "Where compute nodes may not submit, add --wait, or call it after each rung.",
    ],
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
