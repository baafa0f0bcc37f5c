import { deepStrictEqual, ok } from "node:assert/strict";
import type { JsonSchema } from "./json_schema.ts";
import { experimentSchema } from "./editor.ts";
import { shareParts } from "./share_parts.ts";

/** A schema with every reference replaced by what it refers to. */
function expanded(schema: JsonSchema): unknown {
  const { $defs, ...whole } = schema as { $defs: Record<string, unknown> };
  const expand = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(expand);
    if (typeof node !== "object" || node === null) return node;
    const name = "$ref" in node && /^#\/\$defs\/(.*)/.exec(`${node.$ref}`)?.[1];
    if (name) return expand($defs[name]);
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, expand(value)]),
    );
  };
  return expand(whole);
}

Deno.test("shareParts() loses nothing of the experiment's schema, and most of its length", () => {
  const schema = experimentSchema();
  const shared = shareParts(schema);
  deepStrictEqual(expanded(shared), JSON.parse(JSON.stringify(schema)));
  const length = (value: unknown) => JSON.stringify(value).length;
  ok(length(shared) < length(schema) / 3, `${length(shared)}`);
});

Deno.test("shareParts() keeps what the schema refers to itself where it is", () => {
  const shared = shareParts(experimentSchema());
  const pointers = JSON.stringify(shared).match(/(?<="\$ref":"#)[^"]+/g)!;
  for (const pointer of new Set(pointers)) {
    const found = pointer.slice(1).split("/")
      .reduce<unknown>((node, key) => (node as never)[key], shared);
    ok(typeof found === "object" && found !== null, pointer);
  }
});

Deno.test("shareParts() calls entries by their type and leaves short parts", () => {
  const entry = {
    type: "object",
    properties: { type: { const: "elastic", description: "x".repeat(400) } },
  };
  const short = { type: "string" };
  const shared = shareParts({
    properties: { a: entry, b: entry, c: short, d: short },
  });
  deepStrictEqual(shared.properties, {
    a: { $ref: "#/$defs/elastic" },
    b: { $ref: "#/$defs/elastic" },
    c: short,
    d: short,
  });
});

/** A schema whose JSON has so many characters. */
function partOf(length: number, letter = "x"): JsonSchema {
  const empty = JSON.stringify({ description: "" }).length;
  return { description: letter.repeat(length - empty) };
}

Deno.test("shareParts() shares what has 300 letters and occurs twice, under names of its own", () => {
  const [a, b, once] = [partOf(300), partOf(300, "y"), partOf(300, "z")];
  const short = partOf(299);
  const { properties, $defs } = shareParts({
    properties: { a1: a, a2: a, b1: b, b2: b, once, s1: short, s2: short },
  }) as JsonSchema & { readonly $defs: unknown };
  const [first, second] = [
    { $ref: "#/$defs/part" },
    { $ref: "#/$defs/part2" },
  ];
  deepStrictEqual(properties, {
    ...{ a1: first, a2: first, b1: second, b2: second, once },
    ...{ s1: short, s2: short },
  });
  deepStrictEqual($defs, { part: a, part2: b });
});
