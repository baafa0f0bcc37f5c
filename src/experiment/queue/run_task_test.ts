import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { statIfThere } from "@/core/mod.ts";
import {
  makeSubmissionFolder,
  partFolder,
  queueNamed,
  setGoal,
  type Submission,
  writeSubmission,
} from "@/queue/mod.ts";
import { hasRecords, openRecords } from "@/record/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { smallPhantom, smallPlan, Workplace } from "../run/_testing.ts";
import { isHandedIn } from "../submission/at_end.ts";
import { endSubmission } from "./end.ts";
import type { EndRequest } from "./go_on.ts";
import { partOf, writePart } from "./part_plan.ts";
import { runTask } from "./run_task.ts";

const first: MatrixVariant = { values: {}, plan: smallPlan() };
const after: MatrixVariant = {
  values: {},
  plan: smallPlan({ seed: 2 }),
  beginsWith: first,
};

/** Puts variants on record as submitted. */
function submit(
  { context: { resultsFolder } }: Workplace,
  variants: readonly MatrixVariant[],
): Pick<EndRequest, "folder" | "submission"> {
  openRecords(resultsFolder)[Symbol.dispose]();
  const tasks = variants.map((variant, i) => {
    const part = partOf(variant);
    writePart(resultsFolder, { part, variant });
    const { plan: { hash: planHash } } = variant;
    return { number: i + 1, values: {}, planHash, part, level: i, job: "1" };
  });
  const submission: Submission = {
    ...{ format: 1, at: "2026-11-27T10:00:00Z", executor: "slurm" },
    ...{ experiment: "small", file: "small.yaml", overrides: [] },
    ...{ dataRoots: [], boardFolder: null, matrix: null, tasks, endJob: null },
    ...{ options: {}, from: null, rung: null },
  };
  const folder = makeSubmissionFolder(resultsFolder, "small");
  writeSubmission(folder, submission);
  return { folder, submission };
}

/** Ends a submission; how many of its runs have not finished. */
async function end(
  request: Pick<EndRequest, "folder" | "submission">,
  { context }: Workplace,
): Promise<number> {
  const queue = queueNamed("slurm");
  const command = () => [];
  return (await endSubmission({ ...request, queue, command }, context)).left;
}

Deno.test("runTask() trains in its part, goes on where it was cut, and is done once", async () => {
  using place = new Workplace();
  const submitted = submit(place, [first]);
  const { submission } = submitted;
  const { part } = submission.tasks[0]!;
  const task = () => runTask({ part, submission }, place.context);
  place.stopAt = /^step 1/;
  const cut = await task();
  deepStrictEqual(cut!.state, "interrupted");
  deepStrictEqual(await end(submitted, place), 1);
  place.stopAt = null;
  const run = await task();
  deepStrictEqual([run!.id, run!.state], [cut!.id, "finished"]);
  place.said();
  deepStrictEqual((await task())!.id, cut!.id);
  deepStrictEqual(place.said(), [], "nothing is trained again");

  deepStrictEqual(await end(submitted, place), 0);
  deepStrictEqual(place.said()[0], `Gathered: ${cut!.id}`);
  using records = place.records();
  deepStrictEqual(records.runs().map(({ id }) => id), [cut!.id]);
  deepStrictEqual(await task(), null);
});

Deno.test("runTask() takes the run that it begins with from its part, or from what was gathered", async () => {
  for (const isGathered of [false, true]) {
    using place = new Workplace();
    const { resultsFolder } = place.context;
    const submitted = submit(place, [first, after]);
    const { submission } = submitted;
    const [one, two] = submission.tasks;
    const task = ({ part }: { part: string }) =>
      runTask({ part, submission }, place.context);
    await rejects(task(two!), /Cannot begin/);
    const base = await task(one!);
    if (isGathered) await end(submitted, place);
    deepStrictEqual(
      hasRecords(partFolder(resultsFolder, one!.part)),
      !isGathered,
    );
    deepStrictEqual((await task(two!))!.state, "finished");
    using records = openRecords(partFolder(resultsFolder, two!.part));
    deepStrictEqual(records.runs()[0]!.id, base!.id);
  }
});

Deno.test("runTask() hands in what its run has to, also where that was cut, and is gathered then", async () => {
  using place = new Workplace();
  const { resultsFolder } = place.context;
  const plan = smallPlan({
    train: { volumeTotal: 2 },
    submission: { volumes: [{ file: "a.hdf", ...smallPhantom(6) }] },
    postprocess: [{ type: "threshold", p: 0 }],
  });
  const submitted = submit(place, [{ values: {}, plan }]);
  const { submission } = submitted;
  const { part } = submission.tasks[0]!;
  setGoal(resultsFolder, { part, stopAfter: null, handsIn: true });
  const task = () => runTask({ part, submission }, place.context);
  const file = join(resultsFolder, "submissions", "small", "a.hdf");
  place.stopAt = /^Predicting/;
  await rejects(task(), { name: "AbortError" });
  place.stopAt = null;
  deepStrictEqual([statIfThere(file), await end(submitted, place)], [null, 1]);
  deepStrictEqual((await task())!.state, "finished");
  ok(Deno.statSync(file).isFile);
  deepStrictEqual(await end(submitted, place), 0);
  using records = place.records();
  const [run] = records.runs();
  ok(isHandedIn({ run: run!, spec: plan.spec }, resultsFolder));
  Deno.removeSync(file);
  ok(!isHandedIn({ run: run!, spec: plan.spec }, resultsFolder));
});
