import { deepStrictEqual, throws } from "node:assert/strict";
import type { Matrix } from "./plan_matrix.ts";
import { type Selection, selectVariants } from "./select.ts";

const steps = ["baseline", "+ dilation", "+ dice"];
const seeds = ["1", "2"];
const matrix = {
  name: "table",
  axes: [{ name: "step", values: steps }, { name: "seed", values: seeds }],
  variants: steps.flatMap((step) =>
    seeds.map((seed) => ({ values: { step, seed } }))
  ),
} as unknown as Matrix;

const chosen = (selection: Selection) =>
  selectVariants(matrix, selection)
    .map(({ values: { step, seed } }) => `${step} ${seed}`);

Deno.test("selectVariants() takes every variant that is not ruled out", () => {
  deepStrictEqual(chosen({}).length, 6);
  deepStrictEqual(chosen({ only: ["step=+ dice"] }), ["+ dice 1", "+ dice 2"]);
  deepStrictEqual(chosen({ only: ["step=dice", "seed=2"] }), ["+ dice 2"]);
  deepStrictEqual(
    chosen({ only: ["step=baseline", "step=dilation", "seed=1"] }),
    ["baseline 1", "+ dilation 1"],
  );
});

Deno.test("selectVariants() divides into parts that are all of it, each once", () => {
  const parts = [1, 2, 3, 4].map((i) => chosen({ part: `${i}/4` }));
  deepStrictEqual(parts.map((part) => part.length), [2, 2, 1, 1]);
  deepStrictEqual(parts.flat().sort(), chosen({}).sort());
  deepStrictEqual(
    chosen({ only: ["seed=2"], part: "2/2" }),
    ["+ dilation 2"],
  );
});

const refusals: readonly [Selection, RegExp][] = [
  [{ only: ["dice"] }, /not an axis, .*--only step=baseline/s],
  [{ only: ["stp=dice"] }, /table has no axis "stp".*Write step/s],
  [{ only: ["step=dic"] }, /axis "step" has no "dic".*Write dice/s],
  [{ part: "0/4" }, /not a part .*1\/4 to 4\/4/s],
  [{ part: "5/4" }, /not a part/],
  [{ part: "two" }, /not a part/],
  [{ part: "7/7" }, /nothing is left.*fewer parts/s],
];

for (const [selection, says] of refusals) {
  Deno.test(`selectVariants() refuses ${JSON.stringify(selection)}`, () => {
    throws(() => chosen(selection), (error) => says.test(`${error}`));
  });
}
