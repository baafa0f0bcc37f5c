import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError, sha256Hex } from "@/core/mod.ts";
import { filesBelow, newRun, withRecords } from "./_testing.ts";

const octets = "application/octet-stream";
const large = new Uint8Array(300_000).fill(7);
const sha256 = sha256Hex(large);
const place = join("objects", sha256.slice(0, 2), sha256.slice(2));

Deno.test("a store of objects refuses content that was damaged, cut or lost", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.artifact("a", octets, large);
    const path = join(records.folder, place);
    Deno.writeFileSync(path, large.with(1234, 8));
    throws(() => records.artifact("last", "a"), /not what was recorded/);
    Deno.truncateSync(path, 1000);
    throws(() => records.artifact("last", "a"), /not what was recorded/);
    Deno.removeSync(path);
    throws(() => records.artifact("last", "a"), /its file is gone/);
  });
});

Deno.test("a store of objects replaces a damaged file when the content comes again", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.artifact("a", octets, large);
    Deno.writeFileSync(join(records.folder, place), large.with(1234, 8));
    recorder.artifact("b", octets, large);
    deepStrictEqual(records.artifact("last", "a"), large);
  });
});

Deno.test("a store of objects follows no symbolic link, neither file nor folder", () => {
  withRecords((records) => {
    const outside = Deno.makeTempDirSync();
    try {
      using recorder = records.startRun(newRun());
      Deno.symlinkSync(outside, join(records.folder, "objects"));
      throws(
        () => recorder.artifact("a", octets, large),
        (error) =>
          error instanceof ExperimentError &&
          error.message.includes("symbolic link"),
      );
      deepStrictEqual(filesBelow(outside), []);
      Deno.removeSync(join(records.folder, "objects"));

      recorder.artifact("a", octets, large);
      const target = join(outside, "same");
      Deno.writeFileSync(target, large);
      Deno.removeSync(join(records.folder, place));
      Deno.symlinkSync(target, join(records.folder, place));
      throws(() => records.artifact("last", "a"), /symbolic link/);
      recorder.artifact("b", octets, large); // replaces the link itself
      deepStrictEqual(records.artifact("last", "a"), large);
      deepStrictEqual(Deno.readFileSync(target), large);
    } finally {
      Deno.removeSync(outside, { recursive: true });
    }
  });
});

Deno.test("Records.startRun() follows no symbolic link", () => {
  withRecords((records) => {
    Deno.symlinkSync("/nowhere", join(records.folder, "runs"));
    throws(() => records.startRun(newRun()), /symbolic link/);
    deepStrictEqual(records.runs(), []);
  });
});

Deno.test("Records.continueRun() removes contents that a crash left, and only those", () => {
  withRecords((records) => {
    {
      using recorder = records.startRun(newRun());
      recorder.artifact("a", octets, large);
      recorder.finish("interrupted");
    }
    const folder = join(records.folder, "objects", "ab");
    Deno.mkdirSync(folder, { recursive: true });
    const stray = join(folder, "c".repeat(62));
    const oldPart = `${stray}.1.tmp`, newPart = `${stray}.2.tmp`;
    for (const path of [stray, oldPart, newPart, join(folder, "README")]) {
      Deno.writeTextFileSync(path, "left behind");
    }
    Deno.utimeSync(oldPart, 0, 0);
    const { id } = records.run("last");
    records.continueRun(id, { afterStep: 0 }).finish("finished");
    deepStrictEqual(
      filesBelow(join(records.folder, "objects")),
      [
        place.slice("objects/".length),
        join("ab", "README"),
        join("ab", `${"c".repeat(62)}.2.tmp`),
      ].toSorted(),
    );
    deepStrictEqual(records.artifact("last", "a"), large);
  });
});
