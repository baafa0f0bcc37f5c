import { deepStrictEqual, match, throws } from "node:assert/strict";
import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";
import { RunError } from "@/core/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { filesBelow, newRun } from "@/record/_testing.ts";
import { assertEquals } from "@test/helpers.ts";
import { fill, onSmallDisk, remount } from "./_disk.ts";

const point = (step: number) =>
  ({ split: "train", name: `a${step % 7}`, step, value: step }) as const;
const isFull = (error: unknown) =>
  error instanceof RunError && /the disk is full/.test(error.message);

onSmallDisk(
  "a full disk fails the run, which says so and loses nothing",
  (disk) => {
    using records = openRecords(join(disk, "results"));
    using recorder = records.startRun(newRun());
    recorder.artifact("checkpoint/last", "x", new Uint8Array(300_000).fill(1));
    const points = Array.from({ length: 900 }, (_, i) => point(i));
    recorder.metrics(points);
    const files = filesBelow(join(records.folder, "objects"));
    fill(disk, 0);
    throws(() => recorder.flush(), isFull);
    throws(
      () => recorder.artifact("checkpoint/last", "x", new Uint8Array(300_000)),
      isFull,
    );
    deepStrictEqual(filesBelow(join(records.folder, "objects")), files);
    assertEquals(records.artifact("last", "checkpoint/last")[0], 1);

    recorder.finish("failed", "The disk is full");
    const { state, reason } = records.run("last");
    deepStrictEqual([state, reason], ["failed", "The disk is full"]);
    assertEquals(records.metrics("last").length, points.length);
  },
);

onSmallDisk(
  "a disk that is full at the n-th block leaves all or nothing",
  (disk) => {
    using records = openRecords(join(disk, "results"));
    using recorder = records.startRun(newRun());
    let failures = 0;
    for (let blocks = 0;; blocks++) {
      const before = records.metrics("last").length;
      for (let i = 0; i < 200; i++) recorder.metric(point(before + i));
      fill(disk, blocks);
      try {
        recorder.flush();
        break;
      } catch (error) {
        if (!isFull(error)) throw error;
        assertEquals(records.metrics("last").length, before);
        failures++;
      } finally {
        fill(disk, undefined);
      }
      recorder.flush();
      assertEquals(records.metrics("last").length, before + 200);
    }
    match(`${failures}`, /^[1-9]/);
  },
);

onSmallDisk("a database on a full disk is made once there is space", (disk) => {
  const folder = join(disk, "results");
  let failures = 0;
  for (let blocks = 0;; blocks++) {
    fill(disk, blocks);
    try {
      using records = openRecords(folder);
      deepStrictEqual(records.runs(), []);
      break;
    } catch (error) {
      if (!isFull(error)) throw error;
      failures++;
    }
  }
  match(`${failures}`, /^[1-9]/);
});

onSmallDisk("a run cannot start on a full disk, and leaves nothing", (disk) => {
  using records = openRecords(join(disk, "results"));
  fill(disk, 20);
  throws(() => records.startRun(newRun()), isFull);
  deepStrictEqual(records.runs(), []);
  deepStrictEqual([...Deno.readDirSync(join(disk, "results/runs"))], []);
});

onSmallDisk("a run cannot go on on a full disk, and leaves nothing", (disk) => {
  using records = openRecords(join(disk, "results"));
  records.startRun(newRun()).finish("interrupted");
  fill(disk, 20);
  throws(() => records.continueRun("last", { afterStep: 0 }), isFull);
  assertEquals(records.run("last").state, "interrupted");
  const files = filesBelow(join(disk, "results", "runs"));
  deepStrictEqual(files, []);
});

onSmallDisk(
  "a read-only folder can be read, and writing says why not",
  (disk) => {
    const folder = join(disk, "results");
    {
      using records = openRecords(folder);
      using recorder = records.startRun(newRun());
      recorder.metric(point(1));
    }
    remount("ro", disk);
    throws(
      () => {
        using records = openRecords(folder);
        records.startRun(newRun());
      },
      (error) =>
        error instanceof RunError &&
        error.message.endsWith("the folder cannot be written to"),
    );
    using records = openRecords(folder, { readOnly: true });
    deepStrictEqual(records.metrics("last"), [point(1)]);
    const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "list", "--results", folder],
      cwd: projectFolder,
    }).outputSync(); // with the rights of the task, no others
    const said = [stdout, stderr].map((bytes) =>
      new TextDecoder().decode(bytes)
    );
    assertEquals(code, 0, said.join("\n"));
    match(said[0]!, new RegExp(records.run("last").id));
  },
);
