import { deepEqual } from "node:assert/strict";
import { comparedPlan } from "./compared_plan.ts";

const compared = (
  spec: object,
) => [...comparedPlan(JSON.stringify({ spec, hash: "ab", parameters: 3 }))];

Deno.test("comparedPlan() compares lists by what they hold, not by position", () => {
  const dice = { type: "dice", weight: 1 };
  const bce = { type: "bce", weight: 2 };
  deepEqual(compared({ loss: { terms: [dice, bce, dice] } }), [
    ["loss.terms", "[dice, bce, dice 2]"],
    ["loss.terms[dice].weight", "1"],
    ["loss.terms[bce].weight", "2"],
    ["loss.terms[dice 2].weight", "1"],
    ["parameters", "3"],
  ]);
  const paths = (terms: object[]) =>
    new Map(compared({ terms })).get("terms[dice].weight");
  deepEqual(paths([bce, dice]), paths([dice]));
});

Deno.test("comparedPlan() names volumes by their file or their seed", () => {
  deepEqual(
    compared({
      data: [
        { source: { type: "cremi", file: "a.hdf" } },
        { source: { type: "phantom", seed: 3 }, x: [1] },
        { name: "c", type: "d" },
        [[1]],
      ],
      none: [],
    }),
    [
      ["data", "[a.hdf, phantom 3, c, 3]"],
      ["data[a.hdf].source.type", '"cremi"'],
      ["data[a.hdf].source.file", '"a.hdf"'],
      ["data[phantom 3].source.type", '"phantom"'],
      ["data[phantom 3].source.seed", "3"],
      ["data[phantom 3].x", "[1]"],
      ["data[c].name", '"c"'],
      ["data[c].type", '"d"'],
      ["data[3]", "[0]"],
      ["data[3][0]", "[1]"],
      ["none", "[]"],
      ["parameters", "3"],
    ],
  );
});

Deno.test("comparedPlan() shows what is no JSON, or no object, as it is", () => {
  deepEqual([...comparedPlan("{oops")], [["plan", "{oops"]]);
  deepEqual([...comparedPlan("null")], [["plan", "null"]]);
});
