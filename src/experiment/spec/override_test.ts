import { deepStrictEqual } from "node:assert/strict";
import * as z from "zod";
import { catalog, count } from "@/core/mod.ts";
import { jsonSchemaOf } from "../schema/json_schema.ts";
import { type MapNode, nodeOf, valueOf } from "./node.ts";
import { applyOverride, parsePath } from "./override.ts";

const parts = catalog("part", [
  {
    name: "one",
    summary: "",
    options: { size: count(2, "size") },
    create: () => 0,
  },
]);
const schema = jsonSchemaOf(z.strictObject({
  list: z.array(parts.schema).default([]),
  pair: z.array(z.int()).default([1, 2]),
  train: z.strictObject({ batch: count(2, "batch") }).prefault({}),
  free: z.record(z.string(), z.int()).optional(),
}));

/** What a value becomes by an override, or what is said against it. */
function set(value: unknown, override: string): unknown {
  const root = nodeOf(value, { file: "a", at: null }) as MapNode;
  const { root: changed, faults } = applyOverride(override, {
    root,
    schema,
  });
  if (faults.length === 0) return valueOf(changed);
  deepStrictEqual(changed, root);
  return faults.map(({ error }) => `${error.message}; ${error.fix}`).join("\n");
}

Deno.test("parsePath() reads names and numbers, and nothing else", () => {
  deepStrictEqual(parsePath("loss.terms[12].weight"), [
    "loss",
    "terms",
    12,
    "weight",
  ]);
  deepStrictEqual(parsePath("loss.terms.1.a_b"), ["loss", "terms", 1, "a_b"]);
  for (
    const text of [
      "",
      "1",
      "a b",
      "a.",
      ".a",
      "a[]",
      "a[x]",
      "a[1",
      "a..b",
      "a-b",
    ]
  ) {
    deepStrictEqual(parsePath(text), null, text);
  }
});

Deno.test("applyOverride() sets what is there, and what a default stands for", () => {
  deepStrictEqual(set({ pair: [3, 4] }, "pair[1]=9"), { pair: [3, 9] });
  deepStrictEqual(set({}, "pair[1]=9"), { pair: [1, 9] });
  deepStrictEqual(set({}, "train.batch=4"), { train: { batch: 4 } });
  deepStrictEqual(set({ train: { batch: 1 } }, "train.batch=4"), {
    train: { batch: 4 },
  });
  deepStrictEqual(set({}, "free.any=4"), { free: { any: 4 } });
  const list = [{ type: "one" }, { type: "one", size: 3 }];
  deepStrictEqual(set({ list }, "list[1].size=5"), {
    list: [list[0], { type: "one", size: 5 }],
  });
});

Deno.test("applyOverride() says what there is where a path leads nowhere", () => {
  const cases = {
    "list[0].size=1":
      "Cannot set list[0].size: list has 0 items; Set the whole list",
    "pair[2]=1":
      "Cannot set pair[2]: pair has 2 items; Use [0] to [1], or set the whole list",
    "batch=1":
      'Cannot set batch: an experiment has no "batch"; Write --set train.batch=…',
    "trian.batch=1":
      'Cannot set trian.batch: an experiment has no "trian"; Write --set train.batch=…',
    "train.batch.x=1":
      'Cannot set train.batch.x: train.batch has no "x"; Set train.batch itself',
    "train.quite_other=1":
      'Cannot set train.quite_other: train has no "quite_other"; Use "batch"',
  };
  for (const [override, says] of Object.entries(cases)) {
    deepStrictEqual(set({}, override), says);
  }
  for (const override of ["=1", "train.batch", "a b=1", ""]) {
    deepStrictEqual(
      set({}, override),
      `Cannot set "${override}": it is not a path, an equals sign and a value; ` +
        "Write it like --set train.batch=2 or --set 'loss.terms[1].weight=2'",
    );
  }
});
