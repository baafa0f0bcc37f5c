import { deepEqual, equal } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { makeMeasured, makeReport } from "../_testing.ts";
import { openPage } from "../page.ts";
import { columnsOf, Direction } from "./columns.tsx";

type Metrics = Readonly<Record<string, number | null>>;

const columns = (...runs: readonly Metrics[]) => {
  const page = openPage(makeReport(
    runs.map((metrics, i) => makeMeasured({ id: `${i}` }, { metrics })),
  ));
  return columnsOf(page, page.volumes[0]!);
};

const facts = (name: string) => openPage(makeReport([])).data.facts[name]!;

Deno.test("columnsOf() takes every number once, unknown ones by name", () => {
  deepEqual(
    columns({ zeta: 1, dice: 1, alpha: 1 }, { ap: 1, dice: 2 })
      .map(({ label }) => label),
    ["AP", "Dice", "Alpha", "Zeta"],
  );
});

Deno.test("columnsOf() knows the best in a number's direction", () => {
  const best = (name: string, ...values: readonly (number | null)[]) =>
    columns(...values.map((value) => ({ [name]: value })))[0]!.best;
  equal(best("ap", 0.2, 0.5, 0.4), 0.5);
  equal(best("score", 30, 20, 40), 20);
  equal(best("threshold", 0.2, 0.5), null); // no direction
  equal(best("ap", 0.5, 0.5), null); // a draw
  equal(best("ap", 0.5, null), null); // beside nothing
  equal(best("ap", 0.5), 0.5);
  equal(best("ap", NaN, null), null);
  equal(best("ap", 0.1, Infinity, 0.2), 0.2);
});

Deno.test("Direction() shows unit and direction, as far as there are any", () => {
  const shown = (name: string) => see(Direction({ facts: facts(name) }));
  deepEqual(shown("ap").lines, ["↑"]);
  deepEqual(shown("ap").titles, ["higher is better"]);
  deepEqual(shown("score").lines, ["nm ↓"]);
  deepEqual(shown("objects").lines, ["clefts"]);
  deepEqual(shown("objects").titles, []);
  deepEqual(shown("threshold").lines, []);
});

Deno.test("columnsOf() shows five, the others when asked for", () => {
  const main = (...names: readonly string[]) =>
    columns(Object.fromEntries(names.map((name) => [name, 1])))
      .filter(({ isMore }) => !isMore).map(({ label }) => label);
  deepEqual(
    main(
      "ap",
      "adgt",
      "found",
      "dice",
      "falseComponents",
      "threshold",
      "score",
    ),
    ["AP", "Dice", "CREMI score", "Objects found", "False components"],
  );
  deepEqual(main("a", "b", "c", "d", "e", "f"), ["A", "B", "C", "D", "E"]);
});
