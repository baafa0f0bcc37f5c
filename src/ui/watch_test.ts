import { deepStrictEqual } from "node:assert/strict";
import { withRecords } from "@/record/_testing.ts";
import type { Records } from "@/record/mod.ts";
import { recordRun } from "./_testing.ts";
import { Watch } from "./watch.ts";

/** What follows some records, and what it complains of. */
function watchOf(records: Records): { watch: Watch; complaints: string[] } {
  const complaints: string[] = [];
  const watch = new Watch(records, {
    isStopping: () => false,
    onError: (error) => complaints.push(`${error}`),
  });
  return { watch, complaints };
}

Deno.test("Watch tells everyone whatever fails at others, and complains of a fault once", () => {
  withRecords((records) => {
    const { watch, complaints } = watchOf(records);
    using _ = watch;
    let told = 0;
    watch.follow(() => {
      throw new Error("gone");
    });
    const leave = watch.follow(() => told++);
    watch.tell();
    watch.tell();
    leave();
    watch.tell();
    deepStrictEqual([told, complaints], [2, ["Error: gone"]]);
  });
});

Deno.test("Watch finds a run that is new or put aside, and none that was deleted", () => {
  withRecords((records) => {
    const { watch, complaints } = watchOf(records);
    using _ = watch;
    deepStrictEqual(watch.run("nosuch"), null);
    let told = 0;
    watch.follow(() => told++);
    const id = recordRun(records);
    const found = () => {
      watch.look();
      return watch.run(id)?.awayAt;
    };
    deepStrictEqual([found(), told > 0], [null, true]);
    const { runs } = records.collection.select({});
    records.collection.archive(runs);
    deepStrictEqual(typeof found(), "string");
    records.collection.delete(runs);
    deepStrictEqual([found(), complaints], [undefined, []]);
  });
});
