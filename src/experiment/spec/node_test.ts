import { deepStrictEqual } from "node:assert/strict";
import {
  childOf,
  type MapNode,
  mergeMaps,
  nodeOf,
  nodeToward,
  valueOf,
} from "./node.ts";

const at = (file: string) => ({ file, at: null });
const map = (value: unknown, file = "a") => nodeOf(value, at(file)) as MapNode;
const merged = (base: unknown, over: unknown) =>
  valueOf(mergeMaps(map(base), map(over, "b")));

Deno.test("mergeMaps() merges maps, and replaces all else and entries of another type", () => {
  deepStrictEqual(merged({ a: { b: 1, c: 2 } }, { a: { c: 3 } }), {
    a: { b: 1, c: 3 },
  });
  deepStrictEqual(merged({ a: { b: 1 } }, { a: [1] }), { a: [1] });
  deepStrictEqual(merged({ a: 1 }, { a: { b: 1 } }), { a: { b: 1 } });
  const typed = (type: unknown, more: object) => ({ a: { type, ...more } });
  deepStrictEqual(
    merged(typed("x", { b: 1 }), typed("x", { c: 2 })),
    typed("x", { b: 1, c: 2 }),
  );
  deepStrictEqual(
    merged(typed("x", { b: 1 }), typed("y", { c: 2 })),
    typed("y", { c: 2 }),
  );
  deepStrictEqual(
    merged({ a: { b: 1 } }, typed("x", {})),
    typed("x", { b: 1 }),
  );
  deepStrictEqual(
    merged(typed("x", {}), { a: { b: 1 } }),
    typed("x", { b: 1 }),
  );
  deepStrictEqual(
    merged(typed([], { b: 1 }), typed("x", {})),
    typed("x", { b: 1 }),
  );
});

Deno.test("mergeMaps() keeps the place of each value", () => {
  const { place, entries } = mergeMaps(map({ a: 1, b: 2 }), map({ b: 3 }, "b"));
  deepStrictEqual(place.file, "b");
  deepStrictEqual(
    [...entries].map(([key, { node }]) => [key, node.place.file]),
    [["a", "a"], ["b", "b"]],
  );
});

Deno.test("nodeToward() goes as far as there is something", () => {
  const root = map({ a: [{ b: null }] });
  deepStrictEqual(valueOf(nodeToward(root, ["a", 0, "b"])), null);
  deepStrictEqual(valueOf(nodeToward(root, ["a", 1, "b"])), [{ b: null }]);
  deepStrictEqual(valueOf(nodeToward(root, ["x"])), { a: [{ b: null }] });
  deepStrictEqual(childOf(nodeOf(3, at("a")), "b"), undefined);
  deepStrictEqual(valueOf({ kind: "unknown", place: at("a") }), undefined);
});
