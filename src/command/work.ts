import { ExperimentError, shellQuote } from "@/core/mod.ts";
import type { Queue, Submission } from "@/queue/mod.ts";
import type { Run } from "@/record/mod.ts";
import { defineCommand } from "./_command.ts";
import { type CommandContext, pathOf } from "./_context.ts";
import { wholeNumber } from "./_options.ts";
import { workCommand } from "./_submit.ts";
import { handedOverText } from "./_submit_text.ts";
import { exitCodeOf, reportingContext } from "./_run_context.ts";

/** Does a task of what was submitted to a queue; the queue starts it. */
export const work = defineCommand({
  name: "work",
  summary: "Do one run of a submitted job array; the queue starts it, not you",
  positionals: [{
    name: "FOLDER",
    summary: "what was submitted, such as results/queue/mixloss-1a2b3c4d",
  }],
  options: {
    task: { value: "N", summary: "which of its tasks; the queue tells" },
    end: {
      summary:
        "gather what its tasks recorded, go on with a search, write the page",
    },
  },
  notes:
    "deno task run FILE --executor slurm submits; docs/cluster.md tells how.\n" +
    "A task records in a folder of its own, results/parts/…. Begun once more, it\n" +
    "goes on from its last checkpoint. When the queue says that its time is up\n" +
    "(SIGUSR1), it writes one and asks to be queued again.",
  async run({ options, positionals, outputs, pages }, context) {
    const { endSubmission, runTask } = await import("@/experiment/mod.ts");
    const { queueNamed, readSubmission, resultsOf, runOfPart } = await import(
      "@/queue/mod.ts"
    );
    const folder = pathOf(positionals[0]!, context);
    const submission = readSubmission(folder);
    const queue = queueNamed(submission.executor, submission.options);
    const task = options.end ? null : taskOf(submission, queue, options.task);
    const resumeBy = () =>
      `deno task work ${shellQuote(folder)} --task ${task?.number}`;
    const place = {
      ...await reportingContext({
        options: { open: false, "data-root": [], results: resultsOf(folder) },
        ...{ outputs, pages },
      }, context),
      dataRoots: submission.dataRoots,
      boardFolder: submission.boardFolder ?? undefined,
      onBegin: () => context.goOnBy(resumeBy()),
      resumeBy,
    };
    if (!task) {
      const command = workCommand(context.projectFolder);
      const request = { folder, submission, queue, command };
      const { left, wentOn } = await endSubmission(request, place);
      const next = wentOn?.handedOver;
      if (next) context.print(`\n${handedOverText(next, submission)}`);
      return left > 0 ? 1 : 0;
    }
    const stepsDone = () =>
      runOfPart(place.resultsFolder, task.part)?.progress?.step ?? 0;
    const before = stepsDone();
    let run: Run | null | undefined;
    try {
      run = await runTask({ ...task, submission }, place);
      if (!run) context.print("Its run has finished, and was gathered before");
      return run ? exitCodeOf(run) : 0;
    } finally {
      const isCut = run === undefined || run?.state === "interrupted";
      if (isCut && isTimeUp(context)) {
        context.print(await queueAgain(queue, stepsDone() > before));
      }
    }
  },
});

/** Has a task queued again that has trained further; what became of that. */
async function queueAgain(
  queue: Pick<Queue, "restart">,
  isFurther: boolean,
): Promise<string> {
  if (!isFurther) {
    return "Not queued again: its time ended before it had trained a step " +
      "further; submit it with more time";
  }
  await queue.restart();
  return "Queued again, to go on from the checkpoint";
}

/** Whether the queue has said so, in place of a user. */
function isTimeUp({ stoppedBy }: CommandContext): boolean {
  return stoppedBy === "SIGUSR1";
}

function taskOf(
  { tasks }: Submission,
  queue: Pick<Queue, "taskHere">,
  given: string | undefined,
): Submission["tasks"][number] {
  const number = wholeNumber(given, "task", { low: 1, high: tasks.length }) ??
    queue.taskHere();
  const task = tasks.find((one) => one.number === number);
  if (task) return task;
  throw new ExperimentError(
    number === null
      ? "Cannot tell which task to do: no queue has started this process"
      : `Cannot do task ${number}: there are ${tasks.length}`,
    {
      where: "the command line",
      fix: `Name one from 1 to ${tasks.length} by --task`,
    },
  );
}
