import { deepStrictEqual, doesNotMatch, match, ok } from "node:assert";
import * as z from "zod";
import { assertEquals } from "@test/helpers.ts";
import { checkSpec } from "../spec/mod.ts";
import { experimentSchema, kinds, referencePages } from "./mod.ts";
import {
  expectationOf,
  flowText,
  type JsonSchema,
  jsonSchemaOf,
  schemaAt,
} from "./json_schema.ts";

Deno.test("expectationOf() says in words what may be written", () => {
  const cases: readonly [z.ZodType, string][] = [
    [z.int().min(1), "a whole number of at least 1"],
    [z.number().min(0).max(1), "a number from 0 to 1"],
    [z.number().positive(), "a number above 0"],
    [z.number().min(0).lt(1), "a number of at least 0 and below 1"],
    [z.boolean(), "true or false"],
    [z.enum(["a", "b"]), 'one of "a", "b"'],
    [z.array(z.string()), "a list, each a text"],
    [z.array(z.string()).min(1), "a list with at least 1, each a text"],
    [z.array(z.string()).max(4), "a list of at most 4, each a text"],
    [z.array(z.string()).min(2).max(4), "a list of 2 to 4, each a text"],
    [
      z.tuple([z.int(), z.int(), z.int()]).readonly(),
      "a list of 3, each a whole number",
    ],
    [z.strictObject({ a: z.int() }), 'a mapping with "a"'],
  ];
  for (const [schema, words] of cases) {
    assertEquals(expectationOf(jsonSchemaOf(schema)), words);
  }
});

Deno.test("schemaAt() follows the type that an entry names", () => {
  const type = (name: string) => z.literal(name);
  const schema = jsonSchemaOf(
    z.array(z.discriminatedUnion("type", [
      z.strictObject({ type: type("a"), x: z.int() }),
      z.strictObject({ type: type("b"), y: z.boolean() }),
    ])),
  );
  const value = [{ type: "b", y: true }];
  assertEquals(schemaAt(schema, { path: [0, "y"], value })?.type, "boolean");
  assertEquals(schemaAt(schema, { path: [0, "x"], value }), undefined);
  assertEquals(
    schemaAt(schema, { path: [0, "constructor"], value }),
    undefined,
  );
});

Deno.test("flowText() writes values as YAML does", () => {
  const value = { type: "adam", list: [1, 0.5], text: "1", empty: {} };
  assertEquals(
    flowText(value),
    '{ type: adam, list: [1, 0.5], text: "1", empty: {} }',
  );
});

Deno.test("experimentSchema() describes every key of an experiment", () => {
  const { properties = {} } = experimentSchema();
  const spec = checkSpec({
    name: "a",
    data: { train: [{ source: { type: "phantom" } }] },
    model: { type: "resUnet" },
    loss: { terms: [{ type: "bce" }] },
    submission: { volumes: [{ file: "a.hdf", source: { type: "phantom" } }] },
  }, "test");
  deepStrictEqual(
    Object.keys(properties)
      .filter((key) => !["extends", "matrix", "search"].includes(key)).sort(),
    Object.keys(spec).sort(),
  );
  for (const [key, { description }] of Object.entries(properties)) {
    ok(description, `${key} has no description`);
  }
});

Deno.test("experimentSchema() knows the paths that a matrix can set", () => {
  const schema = experimentSchema();
  const { properties = {}, additionalProperties } = schema.properties!.matrix!;
  const sets = (additionalProperties as JsonSchema).additionalProperties;
  const inSets = (sets as JsonSchema).properties!;
  for (const path of ["seed", "train.batch", "loss.terms", "model.block"]) {
    ok(path in properties && path in inSets, path);
  }
  ok(!("name" in inSets));
  const refs = JSON.stringify(schema.properties!.matrix)
    .matchAll(/"\$ref":"#\/([^"]+)"/g);
  const [ends] = Object.keys(schema.properties!.matrix!.patternProperties!);
  for (const path of ["loss.terms[1].weight", "model.block.ratio"]) {
    match(path, new RegExp(ends!));
  }
  doesNotMatch("loss.trems", new RegExp(ends!)); // a misspelt key of a section
  for (const [, place] of refs) {
    let at: unknown = schema;
    for (const step of place!.split("/")) {
      at = (at as Record<string, unknown>)[step];
    }
    ok(at, `${place} leads nowhere`);
  }
});

Deno.test("experimentSchema() knows the paths that a search can vary, and by what", () => {
  const { over } = experimentSchema().properties!.search!.properties!;
  const types = (schema: JsonSchema) =>
    schema.oneOf!.map(({ properties }) => properties!.type!.const);
  for (const path of ["train.batch", "loss.terms", "model.block"]) {
    ok(types(over!.properties![path]!).includes("logUniform"), path);
  }
  for (const never of ["name", "seed"]) ok(!(never in over!.properties!));
  const [longer] = Object.keys(over!.patternProperties!);
  match("loss.terms[1].weight", new RegExp(longer!));
  deepStrictEqual(over!.additionalProperties, false);
});

Deno.test("referencePages() names every component and describes every option", () => {
  const pages = new Map(referencePages().map(({ name, text }) => [name, text]));
  for (const { page, catalog } of kinds) {
    const text = pages.get(`${page}.md`)!;
    for (const { name } of catalog.components) {
      ok(text.includes(`## \`${name}\``), `${page} lacks ${name}`);
    }
    const silent = /^\| `\w+` \|.*\|\s*\|$/m.exec(text);
    assertEquals(silent?.[0], undefined, `${page}: option without description`);
  }
});

Deno.test("referencePages() are what people have read in docs/reference", () => {
  const folder = new URL("../../../docs/reference/", import.meta.url);
  for (const { name, text } of referencePages()) {
    assertEquals(Deno.readTextFileSync(new URL(name, folder)), text, name);
  }
});

Deno.test("expectationOf() names keys that are required, else some that there are", () => {
  const words = (schema: z.ZodType) => expectationOf(jsonSchemaOf(schema));
  const a = z.int(), b = z.int().optional();
  assertEquals(words(z.strictObject({ a, b })), 'a mapping with "a"');
  assertEquals(
    words(z.strictObject({ b, c: b })),
    'a mapping with some of "b", "c"',
  );
  assertEquals(words(z.number().max(3)), "a number of at most 3");
  assertEquals(words(z.number().lt(3)), "a number below 3");
  assertEquals(
    words(z.number().gt(1).max(3)),
    "a number above 1 and at most 3",
  );
  assertEquals(words(z.string().regex(/a/)), "a text that matches a");
  assertEquals(words(z.literal("x")), '"x"');
  assertEquals(words(z.tuple([])), "a list of 0, each a values");
  assertEquals(words(z.array(z.unknown())), "a list, each another value");
});
