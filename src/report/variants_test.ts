import { deepStrictEqual } from "node:assert/strict";
import type { MatrixRecord, Variant } from "@/record/mod.ts";
import { axesOf, changesOf, groupVariants } from "./variants.ts";

/** A matrix with every combination of its axes. */
function grid(axes: Readonly<Record<string, readonly string[]>>): MatrixRecord {
  const places = Object.entries(axes).reduce<Variant[]>(
    (places, [axis, values]) =>
      places.flatMap((place) =>
        values.map((value) => ({ ...place, [axis]: value }))
      ),
    [{}],
  );
  return {
    name: "table",
    axes: Object.entries(axes).map(([name, values]) => ({ name, values })),
    variants: places.map((values) => ({ values, planHash: "" })),
  };
}

Deno.test("groupVariants() gathers seeds, wherever their axis stands", () => {
  const matrix = grid({
    seed: ["1", "2"],
    loss: ["bce", "dice"],
  });
  deepStrictEqual(axesOf(matrix).map(({ name }) => name), ["loss"]);
  const runs = ["bce 1", "dice 1", "bce 2", null];
  deepStrictEqual(groupVariants(matrix, runs), [
    {
      values: { loss: "bce" },
      bySeed: new Map([["1", "bce 1"], ["2", "bce 2"]]),
    },
    {
      values: { loss: "dice" },
      bySeed: new Map([["1", "dice 1"], ["2", null]]),
    },
  ]);
});

Deno.test("groupVariants() makes a group a variant without seeds", () => {
  const matrix = grid({ loss: ["bce", "dice"] });
  deepStrictEqual(
    groupVariants(matrix, ["a", "b"]).map(({ bySeed }) => [...bySeed]),
    [[["", "a"]], [["", "b"]]],
  );
});

function changes(axes: Readonly<Record<string, readonly string[]>>): string[] {
  const matrix = grid(axes);
  const groups = groupVariants(matrix, matrix.variants);
  return changesOf(matrix, groups).map(
    ({ axis, value, against, shared, to, from }) => {
      deepStrictEqual(to.values, { ...to.values, ...shared, [axis]: value });
      deepStrictEqual(from.values, { ...to.values, [axis]: against });
      const with_ = Object.values(shared).join(" ");
      return `${value} for ${against}${with_ && ` with ${with_}`}`;
    },
  );
}

Deno.test("changesOf() changes one thing at a time in a grid", () => {
  deepStrictEqual(
    changes({ loss: ["bce", "dice"], block: ["a", "b"], seed: ["1", "2"] }),
    [
      "dice for bce with a",
      "dice for bce with b",
      "b for a with bce",
      "b for a with dice",
    ],
  );
});

Deno.test("changesOf() compares what was added with what it was added to", () => {
  deepStrictEqual(
    changes({ step: ["baseline", "+ dilation", "+ dice", "focal", "+ group"] }),
    [
      "+ dilation for baseline",
      "+ dice for + dilation",
      "focal for baseline",
      "+ group for focal",
    ],
  );
});

Deno.test("changesOf() has nothing to compare over seeds alone", () => {
  deepStrictEqual(changes({ seed: ["1", "2"] }), []);
});
