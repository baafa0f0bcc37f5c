import { join } from "node:path";
import { type Entry, ExperimentError } from "@/core/mod.ts";
import type { ReportingContext, SubmitRequest } from "@/experiment/mod.ts";
import type { Queue } from "@/queue/mod.ts";
import { follow } from "./_follow.ts";
import { submittedText } from "./_submit_text.ts";

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
