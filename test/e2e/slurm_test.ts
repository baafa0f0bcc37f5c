import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { TaskJson } from "@/command/_task_rows.ts";
import { queueNamed } from "@/queue/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";
import { type Slurm, startSlurm } from "@test/slurm.ts";
import { outOf, tinyExperiment, Workplace } from "./_run.ts";

/** Two runs of some seconds, which can be stopped before their end. */
const pair = tinyExperiment
  .replace("name: tiny", "name: pair")
  .replace("volumeTotal: 24", "volumeTotal: 600")
  .replace("volumeSave: 6", "volumeSave: 300")
  .replace("validateEvery: 12", "validateEvery: 600") +
  "matrix: { seed: [1, 2] }\n";

/** How long to wait for something to happen. */
const longestMs = 90_000;

async function until(
  what: string,
  isSo: () => Promise<boolean>,
): Promise<void> {
  for (const endMs = Date.now() + longestMs; !await isSo();) {
    if (Date.now() > endMs) throw new Error(`It never came that ${what}`);
    await setTimeout(300);
  }
}

/** What is queued, running or was stopped, by the seed of its run. */
async function tasksOf(place: Workplace): Promise<Record<string, TaskJson>> {
  const words = ["list", "pair", "--json"];
  const said = outOf(words, await place.here(...words));
  const tasks = (JSON.parse(said) as TaskJson[]).filter(({ task }) => task);
  return Object.fromEntries(tasks.map((one) => [one.variant!.seed!, one]));
}

async function run(place: Workplace, ...words: readonly string[]) {
  const all = ["run", "a pair's.yaml", "--executor", "slurm", ...words];
  return outOf(all, await place.here(...all));
}

/** Does something with variables of the environment, which are then put back. */
async function withEnvironment(
  variables: Readonly<Record<string, string>>,
  body: () => Promise<void>,
): Promise<void> {
  const before = Deno.env.toObject();
  for (const [name, value] of Object.entries(variables)) {
    Deno.env.set(name, value);
  }
  try {
    await body();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) Deno.env.delete(name);
      else Deno.env.set(name, before[name]);
    }
  }
}

Deno.test("run --executor slurm carries a matrix and a search to their ends, through signals and stops", () =>
  inTemporaryFolder(async (folder) => {
    await using slurm = await startSlurm(folder);
    if (!slurm) return;
    await withEnvironment(slurm.environment, async () => {
      await divideCards(folder);
      await Promise.all([carryThrough(slurm), goUp()]);
    });
  }));

/** Each task has a card of its own, and what gathers has none. */
async function divideCards(folder: string): Promise<void> {
  const queue = queueNamed("slurm", { gpus: 1 });
  const script = 'echo "card $CUDA_VISIBLE_DEVICES"; sleep 1';
  const work = {
    ...{ name: "cards", folder, command: ["sh", "-c", script] },
    ...{ file: null, from: folder },
  };
  const job = await queue.submit({ ...work, tasks: [1, 2], after: [] });
  const end = await queue.submit({ ...work, tasks: null, after: [job] });
  await until(
    "the cards are free",
    async () => (await queue.look([job, end])).length === 0,
  );
  const said = [1, 2, null].map((task) =>
    Deno.readTextFileSync(join(folder, queue.logOf(task))).trim()
  );
  deepStrictEqual(said.toSorted(), ["card", "card 0", "card 1"]);
}

/** Two trials, of which the better one goes on. */
const search = tinyExperiment.replace("name: tiny", "name: found")
  .replace("validateEvery: 12", "validateEvery: 6") + `search:
  trials: 2
  budget: { type: halving, volumeFirst: 6, reduction: 2 }
  over:
    optimizer.learningRate: { type: choice, of: [0.000001, 0.01] }
`;

async function goUp(): Promise<void> {
  using place = new Workplace();
  place.write("found.yaml", search);
  const words = ["run", "found.yaml", "--executor", "slurm", "--wait"];
  const said = outOf(words, await place.here(...words));
  match(said, /^Submitted 2 runs, rung 1 of 2, as /);
  match(said, /^Submitted 1 run, rung 2 of 2, as /m);
  using records = place.records();
  const best = ({ id }: { readonly id: string }) =>
    records.lastMetrics(id)["validation/ap"]!;
  const runs = records.runs().toSorted((a, b) => best(a) - best(b));
  deepStrictEqual(runs.map(({ state }) => state), ["stopped", "finished"]);
  match(
    outOf(words, await place.here(...words)),
    /^Nothing to submit: 1 run finished before .*, 1 run stopped/m,
  );
}

async function carryThrough(slurm: Slurm): Promise<void> {
  using place = new Workplace();
  place.write("a pair's.yaml", pair);
  const said = await run(place);
  const [, job] = /^Submitted 2 runs as (\d+); at the end, \d+ gathers/.exec(
    said,
  )!;
  match(await run(place), /^Nothing to submit: 2 runs queued or running/);
  // The one is told that its time is up, the other one is stopped by its user.
  const onceItTrains = async (seed: string, ...words: readonly string[]) => {
    await until(`run ${seed} trains`, async () => {
      const { [seed]: task } = await tasksOf(place);
      return (task!.progress?.step ?? 0) > 0;
    });
    await slurm.ask("scancel", ...words, `${job}_${seed}`);
  };
  await Promise.all([
    onceItTrains("1", "--signal=USR1", "--batch"),
    onceItTrains("2"),
  ]);
  await until("one is queued again and one has stopped", async () => {
    const { 1: one, 2: two } = await tasksOf(place);
    return one!.state === "queued" && two!.state === "interrupted" &&
      /BeginTime/.test(one!.reason!); // Slurm says "None" until it has looked
  });
  const { 1: again, 2: stopped } = await tasksOf(place);
  ok(again!.progress!.step > 0);
  match(Deno.readTextFileSync(again!.task.log), /Queued again/);
  match(Deno.readTextFileSync(stopped!.task.log), /Stopping after this step/);
  const shown = ["list", "--state", "interrupted"];
  const listed = outOf(shown, await place.here(...shown));
  ok(listed.includes(`log: ${stopped!.task.log}`), listed);

  // At once it would begin by the permission that its requeuing has revoked.
  await slurm.ask("scontrol", "update", `jobid=${job}_1`, "starttime=now+3");
  await until("the first is gathered", async () => {
    const tasks = await tasksOf(place);
    return tasks[1] === undefined;
  });
  const end = await run(place, "--wait");
  match(end, /^Submitted 1 run as/);
  match(end, /1 run finished before/);

  using records = place.records();
  const runs = records.runs();
  deepStrictEqual(runs.map(({ id, state }) => [id, state]), [
    [again!.id, "finished"],
    [stopped!.id, "finished"],
  ]);
  for (const { id } of runs) assertEquals(records.resumes(id).length, 1);
  deepStrictEqual(await tasksOf(place), {});
  deepStrictEqual([...Deno.readDirSync(join(place.results, "parts"))], []);
  const page = join(place.results, "reports", "pair.html");
  ok(runs.every(({ id }) => Deno.readTextFileSync(page).includes(id)));
}
