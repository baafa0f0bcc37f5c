import { deepStrictEqual } from "node:assert/strict";
import { openRecords, type Records } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { Workplace } from "./_testing.ts";
import { changedPrograms, RecordedPrograms } from "./programs.ts";

/** Records a run that has kept programs, by key. */
function keep(
  { resultsFolder, print }: Workplace["context"],
  programs: Readonly<Record<string, string>>,
): string {
  using records = openRecords(resultsFolder);
  using recorder = records.startRun(newRun());
  const store = new RecordedPrograms(resultsFolder, { print });
  store.keep("early", new Uint8Array(1)); // before a run records it
  store.recordTo(recorder);
  for (const [key, text] of Object.entries(programs)) {
    store.keep(key, new TextEncoder().encode(text));
  }
  recorder.finish("finished");
  return recorder.run.id;
}

/** The text of a program that was found. */
function found(store: RecordedPrograms, key: string): string | null {
  const bytes = store.find(key);
  return bytes && new TextDecoder().decode(bytes);
}

Deno.test("RecordedPrograms finds programs of any run, those of the first one before", () => {
  using place = new Workplace();
  const { resultsFolder, print } = place.context;
  const nowhere = new RecordedPrograms(resultsFolder, { print });
  deepStrictEqual(found(nowhere, "a"), null); // no records yet
  keep(place.context, { a: "old", b: "only" });
  const id = keep(place.context, { a: "new" });
  const any = new RecordedPrograms(resultsFolder, { print });
  deepStrictEqual(found(any, "a"), "old");
  deepStrictEqual(found(any, "b"), "only");
  deepStrictEqual(found(any, "early"), null);
  const first = new RecordedPrograms(resultsFolder, { first: id, print });
  deepStrictEqual(found(first, "a"), "new");
  deepStrictEqual(found(first, "b"), "only");
  deepStrictEqual(place.said(), []);
});

Deno.test("RecordedPrograms says which program it cannot read, and leaves it", () => {
  using place = new Workplace();
  const id = keep(place.context, { a: "whole" });
  place.damage(id, "program/a");
  const { resultsFolder, print } = place.context;
  const store = new RecordedPrograms(resultsFolder, { print });
  deepStrictEqual(found(store, "a"), null);
  const [line] = place.said();
  deepStrictEqual(line!.startsWith("Compiling anew: Cannot "), true, line);
});

Deno.test("changedPrograms() gives a reason where other programs ran, if any did before", () => {
  using place = new Workplace();
  const ids = [{}, { a: "1", b: "2" }, { b: "2" }, { a: "3", b: "2" }]
    .map((programs) => keep(place.context, programs));
  using records: Records = place.records();
  const of = (before: number, now: number) =>
    changedPrograms(records, { before: ids[before]!, now: ids[now]! }).length;
  deepStrictEqual([of(1, 1), of(1, 2), of(0, 3), of(1, 0)], [0, 0, 0, 0]);
  deepStrictEqual([of(1, 3), of(2, 1)], [1, 1]);
});
