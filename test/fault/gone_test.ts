import { deepStrictEqual, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError, RunError } from "@/core/mod.ts";
import { say, testInFolder } from "@/command/_testing.ts";
import { openRecords } from "@/record/mod.ts";
import { filesBelow, inTemporaryFolder, newRun } from "@/record/_testing.ts";
import { Workplace } from "@test/e2e/_run.ts";
import { assertEquals } from "@test/helpers.ts";

const point = (step: number) =>
  ({ split: "train", name: "loss", step, value: step / 3 }) as const;
const large = new Uint8Array(300_000).fill(1);

/** What can happen to the records while a run goes on. */
const losses: Readonly<Record<string, (folder: string) => void>> = {
  "its database is removed": (folder) =>
    Deno.removeSync(join(folder, "runs.sqlite")),
  "its folder is removed": (folder) =>
    Deno.removeSync(folder, { recursive: true }),
  "another database is put in its place": (folder) => {
    const path = join(folder, "runs.sqlite");
    Deno.writeTextFileSync(`${path}.other`, "");
    Deno.renameSync(`${path}.other`, path);
  },
};

for (const [loss, lose] of Object.entries(losses)) {
  Deno.test(`a recorder notices at the next write that ${loss}, and saves all to a file of its own`, () => {
    inTemporaryFolder((place) => {
      const folder = join(place, "results");
      const records = openRecords(folder);
      const recorder = records.startRun(newRun());
      const { id } = recorder.run;
      recorder.metric(point(1));
      recorder.artifact("small", "x", Uint8Array.of(7));
      recorder.metric(point(2));
      lose(folder);
      throws(
        () => recorder.artifact("checkpoint/last", "x", large),
        (error) =>
          error instanceof RunError &&
          /was removed or replaced meanwhile/.test(error.message) &&
          error.fix.includes("mv "),
      );
      // Nothing new is begun where the old one is to be put back.
      throws(() => openRecords(folder), ExperimentError);
      recorder.finish("failed", "The records are gone");
      records[Symbol.dispose]();

      try {
        using _none = openRecords(folder, { readOnly: true });
        throw new Error("There is nothing to open");
      } catch (error) {
        const { fix } = error as ExperimentError;
        shell(/^Put it back: (.*)$/.exec(fix)![1]!);
      }
      ok(!filesBelow(folder).some((file) => file.includes("rescued")));
      using again = openRecords(folder);
      assertEquals(again.run(id).reason, "The records are gone");
      deepStrictEqual(again.metrics(id), [point(1), point(2)]);
      deepStrictEqual(again.artifact(id, "small"), Uint8Array.of(7));
      again.continueRun(id, { afterStep: 1 }).finish("finished");
    });
  });
}

function shell(command: string): void {
  const { success } = new Deno.Command("sh", { args: ["-c", command] })
    .outputSync();
  ok(success, command);
}

Deno.test("a run whose database is removed stops, says where all is, and goes on from there", async () => {
  using place = new Workplace();
  const longer = ["--set", "train.volumeTotal=120"];
  const whole = await place.run("tiny.yaml", ...longer);
  const running = place.start("run", "tiny.yaml", ...longer);
  await running.printed(/^step 1\//m);
  Deno.removeSync(join(place.results, "runs.sqlite"));
  const { code, err } = await running.ended;
  assertEquals(code, 1);
  const [, back, id] = /go on by: (.*) && deno task resume (\S+)$/m
    .exec(err)!;
  match((await place.cleft("list")).err, /Put it back: /);
  shell(back!);
  await place.well("resume", id!);
  deepStrictEqual(place.traceOf(id!), place.traceOf(whole));
});

testInFolder(
  "list and show tell a lost, empty or cut database from none",
  async (folder) => {
    const results = join(folder, "results"),
      path = join(results, "runs.sqlite");
    match((await say(folder, "list")).out, /^No runs in /);
    {
      using records = openRecords(results);
      records.startRun(newRun()).finish("finished");
    }
    const sound = Deno.readFileSync(path);
    const cases: readonly [() => void, RegExp][] = [
      [
        () => Deno.removeSync(path),
        /gone or empty, though folders of 1 run are/,
      ],
      [
        () => Deno.writeFileSync(path, new Uint8Array()),
        /gone or empty, though/,
      ],
      [() => Deno.writeFileSync(path, new Uint8Array(5000)), /is damaged/],
      [() => Deno.writeFileSync(path, sound.slice(0, 5000)), /is damaged/],
      [() => Deno.writeTextFileSync(path, "text"), /is damaged/],
    ];
    for (const [spoil, expected] of cases) {
      for (const end of ["", "-wal", "-shm"]) {
        try {
          Deno.removeSync(path + end);
        } catch { /* It was not there. */ }
      }
      Deno.writeFileSync(path, sound);
      spoil();
      for (const words of [["list"], ["show", "last"]]) {
        const { code, err } = await say(folder, ...words);
        assertEquals(code, 2);
        match(err, expected);
      }
      throws(() => openRecords(results), expected);
    }
  },
);

testInFolder(
  "commands say that the folder of results is none",
  async (folder) => {
    const file = join(folder, "file"), link = join(folder, "link");
    Deno.writeTextFileSync(file, "");
    Deno.symlinkSync(join(folder, "nowhere"), link);
    const long = join(folder, "x".repeat(300));
    for (const results of [file, join(file, "below"), long]) {
      const { code, err } = await say(folder, "list", "--results", results);
      assertEquals(code, 2, err);
      match(err, /is something else\n {2}at .*\n {2}fix {2}Name another/);
    }
    for (const results of [file, join(file, "below"), link, long]) {
      throws(() => openRecords(results), /is something else/);
    }
  },
);
