import { deepStrictEqual } from "node:assert";
import * as z from "zod";
import { catalog, count, deciding, defaultChanged } from "@/core/mod.ts";
import { changedDefaults } from "./changed_defaults.ts";
import { jsonSchemaOf } from "./json_schema.ts";
import { shareParts } from "./share_parts.ts";
import { experimentSchema } from "./mod.ts";

/** A schema with one option, at two depths and in a list of entries. */
function schemaOf(size: () => z.ZodType, more: z.ZodRawShape = {}) {
  const parts = catalog("part", [
    {
      name: "one",
      summary: "",
      options: { size: size(), ...more },
      create: () => 0,
    },
  ]);
  return jsonSchemaOf(z.strictObject({
    size: size(),
    parts: z.array(parts.schema).default([]),
    train: z.strictObject({ size: size() }).prefault({} as never),
    weight: z.union([z.number(), z.strictObject({ size: size() })]).default(1),
  }));
}

Deno.test("changedDefaults() names options whose first default has changed", () => {
  const before = schemaOf(() => count(1, "size"));
  const now = schemaOf(() => count(2, "size"));
  deepStrictEqual(changedDefaults(before, before), []);
  const paths = ["size", "parts[].one.size", "train.size", "weight.size"];
  deepStrictEqual(changedDefaults(before, now), paths);
  const said = schemaOf(() => defaultChanged(1, count(2, "size")));
  deepStrictEqual(changedDefaults(before, said), []);
  deepStrictEqual(changedDefaults(said, now), paths);
});

Deno.test("changedDefaults() takes what is new, and what else has changed", () => {
  const before = schemaOf(() => count(1, "size"));
  const now = schemaOf(
    () => deciding("nothing", z.int().max(9).default(1).describe("other")),
    { fresh: count(3, "new") },
  );
  deepStrictEqual(changedDefaults(before, now), []);
});

Deno.test("changedDefaults() leaves out what a matrix sets, in whatever order", () => {
  const withAxes = (...defaults: number[]) => ({
    properties: {
      matrix: {
        properties: { size: { anyOf: defaults.map((n) => ({ default: n })) } },
      },
    },
  });
  deepStrictEqual(changedDefaults(withAxes(1, 2), withAxes(3, 1, 2)), []);
});

Deno.test("changedDefaults() reads the reference that was generated", () => {
  const schema = experimentSchema();
  deepStrictEqual(changedDefaults(shareParts(schema), schema), []);
  const text = JSON.stringify(shareParts(schema))
    .replaceAll('"default":"trilinear"', '"default":"nearest"');
  const changed = changedDefaults(JSON.parse(text), schema);
  deepStrictEqual(changed.slice(0, 2), [
    "model.resUnet.upsampling",
    "model.denseUnet.upsampling",
  ]);
});
