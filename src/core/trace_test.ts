import { deepStrictEqual } from "node:assert";
import * as z from "zod";
import { catalog } from "./component.ts";
import { count, flag, number } from "./options.ts";
import {
  deciding,
  defaultChanged,
  traceMarks,
  traceOf,
  type TraceSchema,
} from "./trace.ts";

/** As experiments are described: marks stand beside what may be written. */
function formOf(schema: z.ZodType): TraceSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) =>
      void Object.assign(jsonSchema, traceMarks(zodSchema)),
  }) as TraceSchema;
}

const parts = catalog("part", [
  {
    name: "plain",
    summary: "",
    options: {
      a: number(1, "a"),
      again: deciding("nothing", flag(false, "b")),
    },
    create: () => 0,
  },
  { name: "other", summary: "", options: {}, create: () => 0 },
]);
const whole = z.strictObject({
  size: count(2, "size"),
  part: parts.schema.prefault({ type: "plain" }).describe("a part"),
  parts: z.array(parts.schema).default([]).describe("more"),
  words: z.array(
    z.union([z.enum(["plain", "other"]), parts.schema]).transform((one) =>
      typeof one === "string" ? parts.schema.parse({ type: one }) : one
    ),
  ).prefault(["plain", "other"]).describe("names"),
  inner: z.strictObject({
    shown: deciding("measurement", count(3, "shown")),
    kept: count(4, "kept"),
  }).prefault({}),
  weight: z.union([
    z.number(),
    z.strictObject({ from: number(1, "from"), to: z.number() }),
  ]).default(1),
  changed: defaultChanged(5, count(6, "changed")),
  maybe: z.number().optional(),
  name: deciding("nothing", z.string().default("")),
});
const form = formOf(whole);
const trace = (value: unknown, without: ("measurement" | "nothing")[] = []) =>
  traceOf(whole.parse(value), form, { without });

Deno.test("traceOf() leaves out what is at its default, written or not", () => {
  deepStrictEqual(trace({ changed: 5 }), {});
  deepStrictEqual(
    trace({
      changed: 5,
      size: 2,
      part: { type: "plain", a: 1 },
      inner: {},
      weight: 1,
      words: ["plain", { type: "other" }],
    }),
    {},
  );
  deepStrictEqual(
    trace({
      changed: 5,
      size: 3,
      part: { type: "other" },
      parts: [{ type: "plain", a: 1 }, { type: "plain", a: 2 }],
      weight: { to: 2 },
      words: ["other"],
      maybe: 1,
    }),
    {
      size: 3,
      part: { type: "other" },
      parts: [{ type: "plain" }, { type: "plain", a: 2 }],
      weight: { to: 2 },
      words: [{ type: "other" }],
      maybe: 1,
    },
  );
});

Deno.test("traceOf() leaves out what decides nothing else, at any depth", () => {
  const value = {
    changed: 5,
    name: "a",
    part: { type: "plain", again: true },
    parts: [{ type: "plain", again: true }],
    inner: { shown: 1 },
  };
  const parts = [{ type: "plain" }];
  deepStrictEqual(trace(value, ["nothing"]), { parts, inner: { shown: 1 } });
  deepStrictEqual(trace(value, ["nothing", "measurement"]), { parts });
});

Deno.test("traceOf() goes by the first default of an option", () => {
  deepStrictEqual(trace({}), { changed: 6 });
  deepStrictEqual(trace({ changed: 5 }), {});
  deepStrictEqual(trace({ changed: 6 }), { changed: 6 });
});

Deno.test("traceOf() follows references and keeps what it does not know", () => {
  const shared = {
    $defs: { part: { properties: { a: { default: 1 }, b: { default: 2 } } } },
    properties: {
      one: { $ref: "#/$defs/part", default: { b: 3 } },
      list: { items: { $ref: "#/$defs/part" } },
    },
  } as TraceSchema;
  const of = (value: unknown) => traceOf(value, shared, { without: [] });
  deepStrictEqual(of({ one: { a: 1, b: 3 }, list: [{ a: 1 }] }), {
    list: [{}],
  });
  deepStrictEqual(of({ one: { a: 2, c: [1] }, d: { a: 1 } }), {
    one: { a: 2, c: [1] },
    d: { a: 1 },
  });
});
