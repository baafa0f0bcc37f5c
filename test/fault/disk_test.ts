import { deepStrictEqual, match } from "node:assert/strict";
import { join } from "node:path";
import { Workplace } from "@test/e2e/_run.ts";
import { assertEquals } from "@test/helpers.ts";
import { onSmallDisk, remount } from "./_disk.ts";

onSmallDisk(
  "a run on a full disk fails with that reason, and other runs are unharmed",
  async (disk) => {
    using place = new Workplace({ CLEFT_RESULTS: join(disk, "results") });
    const sound = await place.run();
    const trace = place.traceOf(sound);
    const large = ["--set", "model.filters=[2, 96]"]; // 8 MB a checkpoint
    const { code, err } = await place.cleft("run", "tiny.yaml", ...large);
    assertEquals(code, 1);
    match(
      err,
      /^Cannot record the artifact "checkpoint\/last" of tiny-\S+: the disk is full\n {2}at .+\n {2}fix {2}Free some space.+\n$/,
    );
    using records = place.records();
    const { state, reason } = records.run("last");
    assertEquals(state, "failed");
    match(reason!, /the disk is full$/);
    deepStrictEqual(place.traceOf(sound), trace);
    const parts = place.files().filter((path) => /\.tmp$/.test(path));
    deepStrictEqual(parts, []);
  },
  { mebibytes: 6 },
);

onSmallDisk(
  "a read-only results folder is refused before a run begins, and can be read",
  async (disk) => {
    using place = new Workplace({ CLEFT_RESULTS: join(disk, "results") });
    const id = await place.run();
    const before = place.files();
    remount("ro", disk);
    const { code, err } = await place.cleft("run", "tiny.yaml");
    match(
      err,
      /^Cannot .+: the folder cannot be written to\n {2}at .+\n {2}fix {2}Make the folder writable.+\n$/,
    );
    assertEquals(code, 2);
    const report = await place.cleft("report");
    match(report.err, /^Cannot write ".+": .+\n {2}at .+\n {2}fix .+\n$/);
    assertEquals(report.code, 2);
    deepStrictEqual(place.files(), before);
    const runs = await place.json<{ id: string }[]>("list");
    deepStrictEqual(runs.map((run) => run.id), [id]);
    assertEquals((await place.json<{ id: string }>("show", "last")).id, id);
  },
  { mebibytes: 6 },
);
