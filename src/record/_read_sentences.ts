import type { DatabaseSync } from "node:sqlite";

/**
 * Part of migration 14, and to be left as it is: makes records of the sentences
 * that verdicts were, and columns of what was in the roles and paths of inputs.
 */
export function readSentences(db: DatabaseSync): void {
  const add = db.prepare(
    `INSERT INTO verdict (run, identical, extent, metrics, weight_hashes,
       samples, step, difference, reasons) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const told = db.prepare(
    "SELECT number, verdict FROM run WHERE verdict IS NOT NULL",
  ).all();
  for (const { number, verdict } of told) {
    add.run(number!, ...columnsOf(verdict as string));
  }
  db.exec("ALTER TABLE run DROP COLUMN verdict;");

  const inputs = db.prepare("SELECT run, position, role, path FROM input");
  const update = db.prepare(
    "UPDATE input SET split = ?, of_run = ? WHERE run = ? AND position = ?",
  );
  for (const { run, position, role, path } of inputs.all()) {
    const [, split] = /^(train|validation|test)\[/.exec(role as string) ?? [];
    const [, ofRun] = role === "init"
      ? /^run (\S+), checkpoint\//.exec(path as string) ?? []
      : [];
    update.run(split ?? null, ofRun ?? null, run!, position!);
  }
}

type Column = string | number | null;

/** The columns of a verdict, from its extent to its reasons. */
function columnsOf(sentence: string): Column[] {
  const extent = /, all that was measured/.test(sentence)
    ? "measured"
    : /, all that the unfinished run recorded/.test(sentence)
    ? "unfinished"
    : "whole";
  if (sentence.startsWith("identical")) {
    const count = (what: string) =>
      Number(new RegExp(`(\\d+) ${what}`).exec(sentence)?.[1] ?? 0);
    const counts = ["metrics", "weight hashes", "samples"].map(count);
    return [1, extent, ...counts, null, null, "[]"];
  }
  const [, what = sentence, likely] =
    /^(?:different from )?(.*?)(?:, likely because of (.*)|, and engine, .*)?$/s
      .exec(sentence)!;
  const [, step, ofStep] = /^step (\d+): (.*)$/s.exec(what) ?? [];
  const ofEnd = what.replace(/^the end: /, "");
  return [
    ...[0, "whole", null, null, null],
    step === undefined ? null : Number(step),
    ofStep ?? ofEnd,
    JSON.stringify(likely?.split("; ") ?? []),
  ];
}
