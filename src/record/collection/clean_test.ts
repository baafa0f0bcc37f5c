import { deepStrictEqual, match, throws } from "node:assert/strict";
import { join } from "node:path";
import { filesBelow, newRun, withRecords } from "../_testing.ts";
import type { Records } from "../records.ts";
import { checkRecords } from "../rescue/check.ts";

const large = (fill: number) => new Uint8Array(300_000).fill(fill);

/** Records a run with a small and some large contents. */
function put(records: Records, contents: readonly Uint8Array[]): string {
  using recorder = records.startRun(newRun());
  recorder.metric({ split: "train", name: "loss", step: 1, value: 1 });
  recorder.log("info", "begun");
  recorder.artifact("small.txt", "text/plain", Uint8Array.of(97));
  contents.forEach((content, i) =>
    recorder.artifact(`large/${i}`, "a/b", content)
  );
  recorder.finish("finished");
  return recorder.run.id;
}

function chosen(records: Records, ids: readonly string[], deleted = false) {
  return records.collection.select({ among: new Set(ids), deleted }).runs;
}

Deno.test("Collection.delete() hides runs from all but a list of deleted ones, until they are restored", () =>
  withRecords((records) => {
    const a = put(records, []), b = put(records, []);
    records.collection.delete(chosen(records, [a]));
    deepStrictEqual(records.runs().map(({ id }) => id), [b]);
    deepStrictEqual(records.known.map(({ id }) => id), [b]);
    throws(() => records.run(a), (error) => {
      match(`${error}`, /it was deleted\n.*\n.*deno task restore mixloss-/);
      return true;
    });
    records.collection.mark(chosen(records, [a], true), { deletedAt: null });
    deepStrictEqual(records.run(a).id, a);
    deepStrictEqual(records.metrics(a).length, 1);
    using going = records.startRun(newRun());
    const running = chosen(records, [going.run.id]);
    throws(() => records.collection.delete(running), /it is running/);
  }));

Deno.test("Collection.clean() removes deleted runs and what only they need, and no more", () =>
  withRecords((records) => {
    const a = put(records, [large(1), large(2)]);
    const b = put(records, [large(2)]);
    const { collection, folder } = records;
    Deno.writeFileSync(join(folder, "runs", a, "left"), new Uint8Array(10));
    deepStrictEqual(collection.cleanable().files, []);
    collection.delete(chosen(records, [a]));
    const { runs, fileBytes, files } = collection.cleanable();
    deepStrictEqual([runs, fileBytes, files.length], [[a], 300_010, 2]);
    deepStrictEqual(
      filesBelow(folder).filter((p) => p.includes("objects")).length,
      2,
    );
    deepStrictEqual(collection.clean().fileBytes, 300_010);
    deepStrictEqual(records.deleted, []);
    deepStrictEqual(records.artifact(b, "large/0"), large(2));
    deepStrictEqual(
      new TextDecoder().decode(records.artifact(b, "small.txt")),
      "a",
    );
    const { faults, leftovers } = checkRecords(folder);
    deepStrictEqual([faults, leftovers], [[], []]);
    deepStrictEqual(
      [...Deno.readDirSync(join(folder, "runs"))].map(({ name }) => name),
      [b],
    );
  }));

Deno.test("Collection.dependents() tells what repeats a run", () =>
  withRecords((records) => {
    const a = put(records, []);
    using rerun = records.startRun(newRun({ rerunOf: a }));
    rerun.finish("finished");
    deepStrictEqual(records.collection.dependents(chosen(records, [a])), [
      { run: rerun.run.id, of: a, how: "repeats" },
    ]);
    const both = chosen(records, [a, rerun.run.id]);
    deepStrictEqual(records.collection.dependents(both), []);
  }));
