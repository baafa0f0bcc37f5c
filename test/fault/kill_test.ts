import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { openRng } from "@/core/mod.ts";
import { checkRecords, type RunState } from "@/record/mod.ts";
import { pause, type Started, Workplace } from "@test/e2e/_run.ts";
import { assertEquals } from "@test/helpers.ts";

const seed = 26;
/** 6 steps, with a checkpoint after 3 and 6, a validation after 6. */
const shorter = ["--set", "train.volumeTotal=12"];
/** 15 steps; checkpoints and validations, rarely both at once. */
const longer = [
  ...["--set", "train.volumeTotal=30"],
  ...["--set", "train.volumeSave=6"],
  ...["--set", "train.validateEvery=16"],
  ...["--set", "report.atEnd=false"],
  ...["--set", `data.train=[{ source: ${small(3)} }]`],
  ...["--set", `data.validation=[{ source: ${small(6)} }]`],
  ...["--set", "optimizer.learningRate=0.03"], // its best is not its last
];

/** A volume with a synapse that is there sooner than that of tiny.yaml. */
function small(seed: number): string {
  return `{ type: phantom, seed: ${seed}, shapeVox: [4, 24, 24], voxelNm: [50, 20, 20] }`;
}

/** One in four meets a process before it says that its run is on record. */
const kills = 32;

Deno.test(`${kills} kills at random moments (seed ${seed}) leave sound records, and runs that end the same to the bit`, async () => {
  using place = new Workplace();
  const rng = openRng(seed);
  const times = [performance.now()];
  const first = place.start("run", "tiny.yaml", ...longer);
  await first.printed(underWay);
  times.push(performance.now());
  assertEquals((await first.ended).code, 0);
  times.push(performance.now());
  const [before, during] = [times[1]! - times[0]!, times[2]! - times[1]!];

  for (let killed = 0; killed < kills;) {
    const running = goOn(place), isEarly = killed % 4 === 0;
    if (!isEarly) await running.printed(underWay);
    const mostMs = isEarly ? before : during * shareLeft(running.out());
    const isOver = await Promise.race([
      pause(rng.uniform(0, mostMs)).then(() => false),
      running.ended.then(() => true),
    ]);
    running.kill("SIGKILL");
    const { code, err } = await running.ended;
    if (code === 0) continue; // the next one begins a new run
    ok(!isOver, `It ended by itself: ${err}`);
    killed++;
    deepStrictEqual(checkRecords(place.results).faults, []);
    if (killed % 8 === 0) await endLast(place);
  }
  using records = place.records();
  const [whole, ...others] = records.runs();
  ok(others.length > 2, `${others.length} runs`);
  for (const { id, state } of others) {
    assertEquals(state, "finished", id);
    deepStrictEqual(place.traceOf(id), place.traceOf(whole!.id), id);
  }
});

/** What a process says once its run is on record. */
const underWay = /^(Running|Going on with) /m;

/** Has the last run come to its end. */
async function endLast(place: Workplace): Promise<void> {
  if (stateOfLast(place) === "finished") return;
  const { code, err } = await goOn(place).ended;
  assertEquals(code, 0, err);
  assertEquals(stateOfLast(place), "finished");
}

/** How much of a run's steps a process has before it, by what it says. */
function shareLeft(out: string): number {
  const [, step = 0] = / after step (\d+)$/m.exec(out) ?? [];
  return 1 - Number(step) / 15;
}

/** Goes on with the last run, or begins one where that has finished. */
function goOn(place: Workplace): Started {
  return stateOfLast(place) === "finished"
    ? place.start("run", "tiny.yaml", ...longer)
    : place.start("resume", "last");
}

function stateOfLast(place: Workplace): RunState {
  using records = place.records();
  return records.run("last").state;
}

Deno.test("a run stopped in a validation, by SIGKILL or SIGINT, goes on the same to the bit", async () => {
  using place = new Workplace();
  const slow = [...shorter, "--set", "infer.overlap=0.8"]; // hundreds of tiles
  const whole = await place.run("tiny.yaml", ...slow);
  const cases = [["SIGKILL", 3], ["SIGINT", 6]] as const;
  for (const [signal, step] of cases) {
    const running = place.start("run", "tiny.yaml", ...slow);
    await running.printed(/^step 6\/6 /m);
    await pause(150); // the validation takes 700
    running.kill(signal);
    const { out } = await running.ended;
    ok(!/^step 6: validation/m.test(out), "it was not in the validation");
    const going = new RegExp(`^Going on with .* after step ${step}$`, "m");
    match(await place.well("resume", "last"), going);
    deepStrictEqual(place.traceOf("last"), place.traceOf(whole), signal);
  }
});

Deno.test("a run killed while it writes a checkpoint and resumed is the same to the bit", async () => {
  using place = new Workplace();
  const large = [...shorter, "--set", "model.filters=[2, 96]"]; // 8 MB a checkpoint
  await place.run("tiny.yaml", ...large);
  let running = place.start("run", "tiny.yaml", ...large);
  let parts: readonly string[] = [];
  for (let kills = 0; parts.length === 0 && kills < 5; kills++) {
    await somePartIn(join(place.results, "objects"));
    running.kill("SIGKILL");
    await running.ended;
    parts = partsIn(place);
    running = place.start("resume", "last");
  }
  ok(parts.length > 0, "none of the kills cut a file short");
  assertEquals((await running.ended).code, 0);
  expectSameRuns(place);
});

/** Waits until a file is being written. */
async function somePartIn(folder: string): Promise<void> {
  using watcher = Deno.watchFs(folder, { recursive: true });
  for await (const { paths } of watcher) {
    if (paths.some((path) => path.endsWith(".tmp"))) return;
  }
}

/** Files that were not written to their end. */
function partsIn(place: Workplace): readonly string[] {
  return place.files().filter((path) => /objects.*\.tmp$/.test(path));
}

/** Fails unless the last run left what the first one did. */
function expectSameRuns(place: Workplace): void {
  using records = place.records();
  const [whole, resumed] = records.runs();
  deepStrictEqual([whole!.state, resumed!.state], ["finished", "finished"]);
  deepStrictEqual(place.traceOf(resumed!.id), place.traceOf(whole!.id));
}
