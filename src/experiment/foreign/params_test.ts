import { deepStrictEqual } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { seedOf, treeOf } from "./params.ts";

const tree = (texts: Readonly<Record<string, string>>) =>
  JSON.stringify(treeOf(new Map(Object.entries(texts))));

Deno.test("treeOf() groups names by their dots, and reads numbers and flags", () => {
  assertEquals(
    tree({ "a.b": "1e-3", "a.c.d": "True", e: "x", f: "-.5", g: "" }),
    '{"a":{"b":0.001,"c":{"d":true}},"e":"x","f":-0.5,"g":""}',
  );
  assertEquals(
    tree({ a: "1e999", b: "0x10", c: "1_000", d: "nan", e: "1.", f: "1 2" }),
    '{"a":"1e999","b":"0x10","c":"1_000","d":"nan","e":1,"f":"1 2"}',
  );
});

Deno.test("treeOf() keeps every name, where one is the group of another too", () => {
  assertEquals(
    tree({ a: "1", "a.b": "2", "a.b.c": "3" }),
    '{"a":1,"a.b":2,"a.b.c":3}',
  );
  assertEquals(
    JSON.stringify(treeOf(new Map([["__proto__.x", "1"], ["..", "2"]]))),
    '{"":{"":{"":2}},"__proto__":{"x":1}}',
  );
});

Deno.test("seedOf() takes the first seed out of the options", () => {
  const of = (params: Readonly<Record<string, string>>) => {
    const { seed, params: others } = seedOf(params);
    return [seed, ...others.keys()];
  };
  deepStrictEqual(of({ lr: "1", "data.seed": "7" }), [7, "lr"]);
  deepStrictEqual(of({ random_seed: "3", seed: "4" }), [3, "seed"]);
  for (const text of ["-1", "None", "1.5", "99999999999999999999"]) {
    deepStrictEqual(of({ seed: text, seeded: "1" }), [0, "seed", "seeded"]);
  }
});
