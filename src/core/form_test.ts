import { deepStrictEqual, throws } from "node:assert/strict";
import * as z from "zod";
import { ExperimentError } from "./errors.ts";
import { formFault, readJsonAs } from "./form.ts";

const schema = z.strictObject({
  shape: z.array(z.int().min(1)).min(1),
  order: z.enum(["C", "F"]).default("C"),
  of: z.discriminatedUnion("type", [z.object({ type: z.literal("a") })])
    .optional(),
  even: z.number().refine((n) => n % 2 === 0, "it should be even").optional(),
});

Deno.test("formFault() says what is wrong, where, in words", () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [{}, '"shape" is missing'],
    [undefined, "it is missing"],
    [null, "it is null, not a mapping"],
    [[1], "it is [1], not a mapping"],
    [{ shape: 3 }, '"shape" is 3, not a list'],
    [{ shape: [] }, '"shape" is [], which has fewer than 1'],
    [{ shape: [2, "x"] }, '"shape[1]" is "x", not a number'],
    [{ shape: [1.5] }, '"shape[0]" is 1.5, not a whole number'],
    [{ shape: [0] }, '"shape[0]" is 0, less than 1'],
    [{ shape: [1], order: "Z" }, '"order" is "Z", not "C" or "F"'],
    [{ shape: [1], more: 1 }, 'it has "more", which is not known'],
    [
      { shape: [1], of: { type: "b" } },
      '"of.type" is "b", which is none of what it can be',
    ],
    [{ shape: [1], even: 3 }, '"even": it should be even'],
    [
      { shape: "x\n".repeat(50) },
      `"shape" is "${"x\\n".repeat(30).slice(0, 58)}…, not a list`,
    ],
  ];
  for (const [value, said] of cases) {
    const { error } = schema.safeParse(value);
    deepStrictEqual(error && formFault(error, value), said);
  }
});

Deno.test("readJsonAs() gives what a text holds, or says why not", () => {
  const told = { what: '"a.json"', where: "x", fix: "Write it anew" };
  const read = (text: string) => readJsonAs(text, { schema, ...told });
  deepStrictEqual(read('{"shape":[2]}'), { shape: [2], order: "C" });
  for (
    const [text, said] of [
      ["{", 'Cannot read "a.json": it is no JSON'],
      ["[]", 'Cannot read "a.json": it is [], not a mapping'],
    ] as const
  ) {
    throws(() => read(text), (error) => {
      if (!(error instanceof ExperimentError)) throw error;
      deepStrictEqual([error.message, error.where, error.fix], [
        said,
        told.where,
        told.fix,
      ]);
      return true;
    });
  }
});
