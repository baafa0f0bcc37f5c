import { match, rejects, strictEqual } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { Stops } from "./stops.ts";

Deno.test("Stops say why a run cannot be stopped from here", () =>
  inTemporaryFolder(async (folder) => {
    using records = openRecords(folder);
    using recorder = records.startRun(newRun());
    const { id } = recorder.run;
    const heldBy = (holder: { pid: number; host: string }) => {
      using db = new DatabaseSync(join(folder, "runs.sqlite"));
      db.prepare("UPDATE heartbeat SET holder = ?").run(JSON.stringify(holder));
    };
    const stops = new Stops(records);
    heldBy({ pid: 1, host: "elsewhere" });
    await rejects(() => stops.stop(id), (error) => {
      match(
        `${error}`,
        /^Cannot stop .*: it runs on another machine, elsewhere\n {2}at {3}process 1 on elsewhere\n {2}fix {2}Press Ctrl\+C where it was started$/,
      );
      return true;
    });
    if (Deno.build.os !== "windows") {
      // Some other program's by now.
      heldBy({ pid: 1, host: Deno.hostname() });
      await rejects(() => stops.stop(id), /not to be seen from here/);
    }
    strictEqual(stops.has(id), false);
    recorder.finish("finished");
  }));
