import { deepStrictEqual, match, notStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { openRng } from "@/core/mod.ts";
import { pause, Workplace } from "@test/e2e/_run.ts";
import { assertEquals } from "@test/helpers.ts";

const seed = 26;
/** 6 steps, with a checkpoint after 3 and 6, a validation after 6. */
const shorter = ["--set", "train.volumeTotal=12"];
/** 40 steps; checkpoints and validations, rarely both at once. */
const longer = [
  ...["--set", "train.volumeTotal=80"],
  ...["--set", "train.volumeSave=10"],
  ...["--set", "train.validateEvery=14"],
  ...["--set", "optimizer.learningRate=0.03"], // its best is not its last
];

Deno.test(`a run killed at three random moments (seed ${seed}) and resumed is the same to the bit`, async () => {
  using place = new Workplace();
  const rng = openRng(seed);
  const whole = place.start("run", "tiny.yaml", ...longer);
  await whole.printed(/^step 1\//m);
  const begunMs = performance.now();
  assertEquals((await whole.ended).code, 0);
  const lengthMs = performance.now() - begunMs;

  let running = place.start("run", "tiny.yaml", ...longer);
  await running.printed(/^step 1\//m);
  for (let kills = 1; kills <= 3; kills++) {
    await pause(rng.uniform(0, 0.8 * lengthMs / kills));
    running.kill("SIGKILL");
    notStrictEqual((await running.ended).code, 0);
    const [, killed] = await place.json<{ state: string }[]>("list");
    assertEquals(killed!.state, "crashed");
    running = place.start("resume", "last");
    await running.printed(/^Going on with tiny-\S+ after step \d+$/m);
  }
  assertEquals((await running.ended).code, 0);
  expectSameRuns(place);
});

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
