import { deepEqual, equal } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { meanCells, seedsCell, spreadHtml } from "./mean_cells.ts";

const text = (html: string) => see(html).lines.join();

Deno.test("spreadHtml() shows mean and deviation, as far as there are any", () => {
  const shown = (spread: Parameters<typeof spreadHtml>[0], unit = "") =>
    text(spreadHtml(spread, unit));
  equal(shown({ mean: 0.5124, deviation: 0.013, n: 2 }), "0.512 ± 0.013");
  equal(shown({ mean: 0.5, deviation: 0, n: 2 }), "0.500 ± 0");
  equal(shown({ mean: 0.5, deviation: null, n: 1 }), "0.500");
  equal(shown({ mean: 30, deviation: 2, n: 3 }, "nm"), "30.0 ± 2.0");
  equal(shown(null), "–");
});

const cells = (...values: readonly (readonly number[])[]) =>
  meanCells(values.map((values) => ({ values, runs: 2 })), {
    ...{ unit: "", better: "higher", isMore: false, marksBest: true },
  });

Deno.test("meanCells() mark the best means, and no draw of all", () => {
  const best = (...values: readonly (readonly number[])[]) =>
    cells(...values).flatMap((cell, i) =>
      cell.class === "number best" ? i : []
    );
  deepEqual(best([0.1, 0.2], [0.3, 0.4], [0.2, 0.2]), [1]);
  deepEqual(best([0.5, 0.5], [0.1], [0.25, 0.75]), [0, 2]);
  deepEqual(best([0.5, 0.5], [0.25, 0.75]), []);
  deepEqual(best([0.3, 0.3], []), []);
});

Deno.test("meanCells() say of how many runs, and copies have the scatter", () => {
  const [both, one, none] = cells([0.1, 0.3], [0.5], []);
  deepEqual(
    [both!.title, one!.title, none!.title],
    [undefined, "best mean of these variants", undefined],
  );
  equal(
    cells([0.5], [0.6, 0.6])[0]!.title,
    "of 1 run; the others have none",
  );
  deepEqual(one!.more, { SD: null, n: 1 });
  deepEqual([none!.value, none!.more], [undefined, undefined]);
});

Deno.test("seedsCell() tells how many of all count", () => {
  const of = (counted: number) =>
    seedsCell({ counted, all: 3, title: undefined }).html;
  deepEqual([of(3), of(2), of(0)], ["3", "2 of 3", "0 of 3"]);
});
