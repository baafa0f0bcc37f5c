import { deepStrictEqual } from "node:assert/strict";
import * as z from "zod";
import { catalog, count } from "@/core/mod.ts";
import { jsonSchemaOf } from "../schema/json_schema.ts";
import { explainIssue } from "./explain.ts";
import { nodeOf } from "./node.ts";

const parts = catalog("part", [
  {
    name: "one",
    summary: "",
    options: { size: count(2, "size") },
    create: () => 0,
  },
  { name: "two", summary: "", options: {}, create: () => 0 },
]);
const schema = z.strictObject({
  part: parts.schema.optional(),
  size: z.int().min(0).optional(),
  share: z.number().min(0).max(1).optional(),
  mode: z.enum(["slow", "fast"]).default("slow"),
  flag: z.boolean().default(true),
  text: z.string().optional(),
  list: z.array(z.int()).max(6).optional(),
  train: z.strictObject({ batch: count(2, "batch"), long: z.int().optional() })
    .prefault({}),
  either: z.union([z.int(), z.strictObject({ a: z.int() })]).optional(),
  map: z.strictObject({ deep: z.int() }).optional(),
}).refine(({ size }) => size !== 7, {
  message: "seven is no size",
  path: ["size"],
});
const json = jsonSchemaOf(schema);

/** What is said of a value: each fault as what, path and what to do. */
function said(value: unknown): readonly string[] {
  const root = nodeOf(value, { file: "f", at: null });
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).flatMap((issue) =>
    explainIssue(issue, { root, schema: json })
  )
    .map(({ error: { message, where, fix } }) =>
      `${message} | ${where} | ${fix}`
    );
}

const cases: readonly (readonly [value: unknown, says: string])[] = [
  [
    { part: { type: "tow" } },
    'Cannot use "tow" for part.type: there is no such type | f part.type | Write "two"',
  ],
  [
    { part: { type: "quite another" } },
    'Cannot use "quite another" for part.type: there is no such type | f part.type | Write one of "one", "two"',
  ],
  [
    { part: {} },
    'Cannot use part: its "type" is missing | f part.type | Write "type:" and one of "one", "two"',
  ],
  [
    { part: { type: 3 } },
    'Cannot use 3 for part.type: there is no such type | f part.type | Write one of "one", "two"',
  ],
  [
    { part: { type: "one", sise: 3 } },
    'Cannot use the key "sise" in part: type "one" has no such key | f part.sise | Write "size"',
  ],
  [
    { batch: 3 },
    'Cannot use the key "batch" in an experiment: there is no such key | f batch | Write it under "train"',
  ],
  [
    { train: { bach: 3 } },
    'Cannot use the key "bach" in train: there is no such key | f train.bach | Write "batch"',
  ],
  [
    { train: { quite_other: 3 } },
    'Cannot use the key "quite_other" in train: there is no such key | f train.quite_other | Remove it, or use one of "batch", "long"',
  ],
  [
    { matrix: {} },
    "Cannot take the file as one experiment: its matrix describes several | f matrix | Name a file without a matrix, such as one it extends; run and plan take both",
  ],
  [
    { map: {} },
    'Cannot use the experiment: map.deep is missing | f map.deep | Add "deep": a whole number',
  ],
  [
    { size: "3" },
    'Cannot use "3" for size: it is a text, it should be a whole number of at least 0 | f size | Write a whole number of at least 0',
  ],
  [
    { size: 2 ** 53 },
    "Cannot use 9007199254740992 for size: it is too large, whole numbers go up to 9007199254740991 | f size | Write a whole number of at least 0",
  ],
  [
    { size: -1 },
    "Cannot use -1 for size: it should be a whole number of at least 0 | f size | Write a whole number of at least 0",
  ],
  [
    { size: 7 },
    "Cannot use 7 for size: seven is no size | f size | Write a whole number of at least 0",
  ],
  [
    { share: 2 },
    "Cannot use 2 for share: it should be a number from 0 to 1 | f share | Write a number from 0 to 1",
  ],
  [
    { mode: "fats" },
    'Cannot use "fats" for mode: it should be one of "slow", "fast" | f mode | Write "fast"',
  ],
  [
    { mode: null },
    'Cannot use nothing for mode: it should be one of "slow", "fast" | f mode | Write one of "slow", "fast", such as slow, or remove the key',
  ],
  [
    { text: null },
    "Cannot use nothing for text: it should be a text | f text | Write a text",
  ],
  [
    { flag: "yes" },
    'Cannot use "yes" for flag: it is a text, it should be true or false | f flag | Write true or false, such as true',
  ],
  [
    { text: 3 },
    "Cannot use 3 for text: it should be a text | f text | Put it in quotes: without them, YAML takes it for no text",
  ],
  [
    { text: [1, 2, 3, 4] },
    "Cannot use [1,2,3,4] for text: it should be a text | f text | Write a text",
  ],
  [
    { text: [1, 2, 3, 4, 5] },
    "Cannot use a list of 5 for text: it should be a text | f text | Write a text",
  ],
  [
    { text: { a: 1 } },
    "Cannot use a mapping for text: it should be a text | f text | Write a text",
  ],
  [
    { flag: "x".repeat(58) },
    `Cannot use "${
      "x".repeat(58)
    }" for flag: it is a text, it should be true or false | f flag | Write true or false, such as true`,
  ],
  [
    { flag: "x".repeat(59) },
    `Cannot use "${
      "x".repeat(56)
    }… for flag: it is a text, it should be true or false | f flag | Write true or false, such as true`,
  ],
  [
    { either: { a: "x" } },
    'Cannot use "x" for either.a: it is a text, it should be a whole number | f either.a | Write a whole number',
  ],
  [
    { either: "x" },
    'Cannot use "x" for either: it is a text, it should be a whole number or a mapping with "a" | f either | Write a whole number or a mapping with "a"',
  ],
];

Deno.test("explainIssue() says what is wrong, where, and what to write", () => {
  for (const [value, says] of cases) {
    deepStrictEqual(said(value), [says]);
  }
});

Deno.test("explainIssue() names each key that there is not", () => {
  deepStrictEqual(said({ sise: 1, txet: 2 }).length, 2);
  deepStrictEqual(said({ train: { batch: 0, x: 1 } }).length, 2);
});

Deno.test("explainIssue() leaves what was said of a value already", () => {
  const unknown = { kind: "unknown", place: { file: "f", at: null } } as const;
  const place = { file: "f", at: null };
  const root = {
    ...{ kind: "map", place } as const,
    entries: new Map([["size", { keyPlace: place, node: unknown }]]),
  };
  const { error } = schema.safeParse({ size: "x" });
  deepStrictEqual(explainIssue(error!.issues[0]!, { root, schema: json }), []);
});
