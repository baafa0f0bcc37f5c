import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { type Queue, readSubmission, type Work } from "@/queue/mod.ts";
import { withPrograms } from "@/queue/_testing.ts";
import { smallPlan, Workplace } from "../run/_testing.ts";
import { runsIn, three } from "../search/_testing.ts";
import { runSearch } from "../search/run_search.ts";
import { endSubmission } from "./end.ts";
import { runTask } from "./run_task.ts";
import { submitRuns } from "./submit.ts";

/** A queue whose jobs this process does, one after the other, when it is told to. */
class Jobs {
  /** What was taken, as jobs 1, 2, …. */
  readonly taken: Work[] = [];
  /** Whether nothing is taken. */
  refuses = false;
  readonly #place: Workplace;
  readonly #matrix: typeof three;
  #done = 0;
  readonly #queue = {
    look: () => Promise.resolve([]),
    submit: (work: Work) => {
      if (!this.refuses) return Promise.resolve(`${this.taken.push(work)}`);
      const fix = "Go to another one";
      throw new ExperimentError("Cannot submit", { where: "here", fix });
    },
  } as unknown as Queue;
  readonly #command = (folder: string, what: string) => [what, folder];

  constructor(place: Workplace, matrix = three) {
    this.#place = place;
    this.#matrix = matrix;
  }

  /** Submits the search as a user does; how many tasks that made. */
  async submit(): Promise<number> {
    const matrix = this.#matrix;
    const { handedOver } = await withPrograms(
      { squeue: "exit 0" },
      () =>
        submitRuns({
          ...{ file: "small.yaml", overrides: [], from: this.#place.folder },
          ...{ matrix, chosen: matrix.variants, executor: { type: "slurm" } },
          ...{ queue: this.#queue, command: this.#command },
        }, this.#place.context),
    );
    return handedOver?.count ?? 0;
  }

  /** Does the next job: its tasks, or gathers them. */
  async next(): Promise<void> {
    const { folder, tasks } = this.taken[this.#done++]!;
    const submission = readSubmission(folder);
    for (const number of tasks ?? []) {
      const { part } = submission.tasks[number - 1]!;
      const task = runTask({ part, submission }, this.#place.context);
      await task.catch((error) => {
        if (!(error instanceof ExperimentError)) throw error;
      });
    }
    if (tasks) return;
    const by = { queue: this.#queue, command: this.#command };
    await withPrograms(
      { squeue: "exit 0" },
      () => endSubmission({ folder, submission, ...by }, this.#place.context),
    );
  }

  /** Passes over the next job, as it was killed. */
  skip(): void {
    this.#done++;
  }

  /** Does all jobs, and those that come of them; how many tasks each had. */
  async all(): Promise<readonly (number | undefined)[]> {
    while (this.#done < this.taken.length) await this.next();
    return this.taken.map(({ tasks }) => tasks?.length);
  }
}

/** All that is on record of a search, whoever ran what when. */
function resultsIn(place: Workplace) {
  using records = place.records();
  const traces = new Map(
    records.runs().map(({ id, variant, planHash }) => [
      `${variant!["trial"]} ${planHash}`,
      place.traceOf(id),
    ]),
  );
  const runs = runsIn(place).map(({ trainedBy, ...run }) => ({
    ...run,
    isMeasured: trainedBy !== null,
  }));
  const byTrial = (a: typeof runs[number], b: typeof runs[number]) =>
    Number(a.trial) - Number(b.trial);
  return {
    runs: runs.toSorted(byTrial),
    traces: [...traces].toSorted(([a], [b]) => a < b ? -1 : 1),
    search: records.matrix("small"),
  };
}

async function onOneMachine(): Promise<ReturnType<typeof resultsIn>> {
  using place = new Workplace();
  await runSearch({
    ...{ file: "small.yaml", overrides: [], matrix: three },
    chosen: three.variants,
  }, place.context);
  return resultsIn(place);
}

Deno.test("goOn() carries a search through rungs to the same bits as one machine, whatever is cut", async () => {
  const expected = await onOneMachine();
  using place = new Workplace();
  const jobs = new Jobs(place);
  deepStrictEqual(await jobs.submit(), 3);
  deepStrictEqual(await jobs.all(), [3, undefined, 1, undefined, 1, undefined]);
  deepStrictEqual(resultsIn(place), expected);
  deepStrictEqual(await jobs.submit(), 0);
  deepStrictEqual(resultsIn(place), expected, "nothing is forgotten");

  using cut = new Workplace();
  const others = new Jobs(cut);
  await others.submit();
  cut.stopAt = /^step 1/;
  await others.next(); // each is cut
  cut.stopAt = null;
  await others.next();
  match(
    cut.said().join("\n"),
    /before 3 trials have come .*\n.*: interrupted;/,
  );
  deepStrictEqual(others.taken.length, 2, "it is left to the user");
  deepStrictEqual(await others.submit(), 3);
  await others.next();
  others.refuses = true;
  await rejects(others.next(), (error: ExperimentError) => {
    match(`${error}`, /does not go on by itself[^]*Call the command once more/);
    return true;
  });
  others.refuses = false;
  deepStrictEqual(await others.submit(), 1); // the next rung
  await others.next();
  others.skip();
  deepStrictEqual(await others.submit(), 1); // the chosen one
  await others.all();
  deepStrictEqual(resultsIn(cut), expected);
});

Deno.test("goOn() counts a trial that has failed as the worst, and the user tries it again", async () => {
  using place = new Workplace();
  const plan = smallPlan({
    optimizer: { type: "sgd", learningRate: 1e38 },
    train: { validateEvery: 4 },
  });
  const [first, ...others] = three.variants;
  const matrix = { ...three, variants: [{ ...first!, plan }, ...others] };
  const jobs = new Jobs(place, matrix);
  await jobs.submit();
  deepStrictEqual((await jobs.all()).length, 6);
  match(place.said().join("\n"), /The best by validation is trial=[23]/);
  deepStrictEqual(await jobs.submit(), 1);
  await jobs.all();
  deepStrictEqual(jobs.taken.length, 8, "others are not run again");
});
