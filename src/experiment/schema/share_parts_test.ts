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
