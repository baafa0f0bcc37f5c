import { deepEqual, equal } from "node:assert/strict";
import type { MatrixRecord, Run, Variant } from "@/record/mod.ts";
import { see as seeNode } from "../_reading_testing.ts";
import { makeMeasured, makeReport, matrixReport } from "../_testing.ts";
import { openPage } from "../page.ts";
import { columnsOf } from "./columns.tsx";
import { VariantTable } from "./variant_table.tsx";

type Metrics = Readonly<Record<string, number | null>>;

const axis = (name: string, ...values: readonly string[]) => ({ name, values });
const losses = axis("loss", "bce", "dice");
const seeds = axis("seed", "1", "2");

/** The table of a matrix; no run where there are no numbers. */
function see(
  axes: MatrixRecord["axes"],
  metricsOf: (values: Variant) => Metrics | null,
  { changes = () => ({}), baseline = {} }: {
    changes?: (values: Variant) => Partial<Run>;
    baseline?: Metrics;
  } = {},
) {
  const data = matrixReport(
    axes,
    (values) => metricsOf(values) === null ? null : 0,
  );
  const runs = data.runs.map(({ run }) =>
    makeMeasured({ ...run, ...changes(run.variant!) }, {
      metrics: metricsOf(run.variant!)!,
      baseline,
    })
  );
  const page = openPage(makeReport(runs, { matrix: data.matrix }));
  const volume = page.volumes[0]!;
  return seeNode(
    <VariantTable
      page={page}
      matrix={page.matrix!}
      volume={volume}
      columns={columnsOf(page, volume)}
    />,
  );
}

/** What rows show behind the colour. */
const rows = ({ lines }: ReturnType<typeof see>) =>
  lines.slice(2).map((line) => line.replace(/^\| /, ""));

Deno.test("VariantTable() shows each variant over its seeds, what ranks drawn", () => {
  const seen = see(
    [losses, axis("block", "plain"), seeds],
    ({ loss, seed }) => ({
      ap: loss === "bce" ? 0.4 : 0.5,
      score: Number(seed) * 10,
    }),
  );
  // From 0.4 to 0.5 and 4 hundredths of that beside it.
  deepEqual(
    seen.lines[1],
    "Colour loss block | Seeds | 0.396 AP 0.504 | AP ↑ | CREMI score nm ↓",
  );
  deepEqual(rows(seen), [
    "bce plain | 2 | | 0.400 ± 0 | 15.0 ± 7.1",
    "dice plain | 2 | | 0.500 ± 0 | 15.0 ± 7.1",
  ]);
});

Deno.test("VariantTable() marks the best mean, and no draw", () => {
  const best = (name: string, ...values: readonly (number | null)[]) => {
    const { html } = see(
      [axis("loss", ...values.map((_, i) => `v${i}`))],
      ({ loss }) => ({ [name]: values[Number(loss!.slice(1))]! }),
    );
    const cells = [...html.matchAll(/<td class="number[^>]*><span>/g)];
    const isBest = cells.map(([cell]) => cell.includes("best mean"));
    // What is said under the pointer is seen without it.
    deepEqual(cells.map(([cell]) => cell.includes("number best")), isBest);
    return isBest.indexOf(true);
  };
  equal(best("ap", 0.1, 0.3, 0.2), 1);
  equal(best("score", 10, 30, 20), 0);
  equal(best("ap", 0.3, 0.3), -1);
  equal(best("ap", 0.3, null), -1);
  equal(best("threshold", 0.3, 0.4), -1);
});

Deno.test("VariantTable() counts finished runs alone, and says how others stand", () => {
  const seen = see(
    [losses, seeds],
    ({ loss, seed }) =>
      loss === "dice" && seed === "2" ? null : { ap: Number(seed) / 10 },
    { changes: ({ loss }) => loss === "dice" ? { state: "failed" } : {} },
  );
  deepEqual(rows(seen), [
    "bce | 2 | | 0.150 ± 0.071",
    "dice | 0 of 2 | – | –",
  ]);
  equal(
    seen.titles.find((title) => title.startsWith("seed")),
    "seed 1 failed, seed 2 not run",
  );
  const seedless = see([losses], () => ({ ap: 1 }), {
    changes: ({ loss }) => loss === "dice" ? { state: "failed" } : {},
  });
  equal(seedless.titles.includes("failed"), true);
});

Deno.test("VariantTable() takes what is not finite for not measured", () => {
  const seen = see([losses], ({ loss }) => ({
    ap: loss === "bce" ? Infinity : 0.5,
    dice: loss === "bce" ? null : 0.25,
  }));
  deepEqual(rows(seen), ["bce | 1 | – | – | –", "dice | 1 | | 0.500 | 0.250"]);
});

Deno.test("VariantTable() draws the first number where what ranks is missing", () => {
  const seen = see([losses], ({ loss }) => ({ dice: loss === "bce" ? 0 : 1 }));
  equal(seen.lines[1], "Colour loss | Seeds | −0.040 Dice 1.040 | Dice ↑");
  const none = see([losses], () => ({ dice: null }));
  deepEqual(rows(none), ["bce | 1 | –", "dice | 1 | –"]);
  equal(see([losses], () => ({})).lines[1], "Colour loss | Seeds");
});

Deno.test("VariantTable() marks what darkness alone reaches", () => {
  const tick = (baseline: Metrics) =>
    /strip-tick" x1="([^"]+)"/.exec(
      see([losses], ({ loss }) => ({ ap: loss === "bce" ? 0.4 : 0.5 }), {
        baseline,
      }).html,
    )?.[1];
  equal(tick({ ap: 0.45 }), "75.0"); // in the middle of 150
  equal(tick({ ap: null }), undefined);
  equal(tick({ dice: 0.45 }), undefined);
});

Deno.test("VariantTable() gives a variant its runs' colour, or none without a run", () => {
  const { html } = see(
    [axis("loss", "a", "b", "c")],
    ({ loss }) => loss === "b" ? null : { ap: 0.5 },
  );
  deepEqual(
    [...html.matchAll(
      /<span class="variant-axes axes-1"><(?:svg class="key (run-\d)|span class="key" aria-hidden="true"><\/span><span)/g,
    )]
      .map(([, colour]) => colour),
    ["run-0", undefined, "run-1"],
  );
  deepEqual(
    [...html.matchAll(/strip (run-\d)/g)].map(([, colour]) => colour),
    ["run-0", "run-1"],
  );
});
