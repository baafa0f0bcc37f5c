import { deepEqual, ok, throws } from "node:assert/strict";
import { distributions } from "./mod.ts";

const almost1 = 1 - 2 ** -32;

/** Values of an entry at some shares. */
function valuesOf(entry: unknown, shares = [0, 0.5, almost1]): unknown[] {
  const { at } = distributions.create(distributions.schema.parse(entry));
  return shares.map(at);
}

Deno.test("uniform takes a share of the range", () => {
  deepEqual(valuesOf({ type: "uniform", within: [-1, 3] }), [-1, 1, 3]);
});

Deno.test("logUniform takes a share of the decades", () => {
  const entry = { type: "logUniform", within: [1e-4, 1e-2] };
  deepEqual(valuesOf(entry), [1e-4, 1e-3, 1e-2]);
  deepEqual(valuesOf(entry, [0.1]), [0.000158489]); // 10^-3.8, six digits
});

Deno.test("numbers of a range never leave it as they are written with six digits", () => {
  const within = [0.12345678, 0.12345679];
  for (const type of ["uniform", "logUniform"]) {
    const values = valuesOf({ type, within }) as number[];
    ok(values.every((x) => x >= within[0]! && x <= within[1]!));
  }
});

Deno.test("wholeNumber takes both ends, and steps from the lowest", () => {
  const entry = { type: "wholeNumber", within: [2, 4] };
  const shares = [0, 0.32, 0.34, 0.66, 0.67, almost1];
  deepEqual(valuesOf(entry, shares), [2, 2, 3, 3, 4, 4]);
  deepEqual(valuesOf({ ...entry, within: [8, 31], step: 8 }), [8, 16, 24]);
});

Deno.test("choice takes one of its values, of any kind", () => {
  const of = ["a", { type: "dice" }, [1, 2]];
  deepEqual(valuesOf({ type: "choice", of }), of);
});

Deno.test("a distribution refuses what has no value or the same one twice", () => {
  for (
    const [entry, reason] of [
      [{ type: "uniform", within: [1, 1] }, /range is empty/],
      [{ type: "wholeNumber", within: [3, 2] }, /range is empty/],
      [{ type: "wholeNumber", within: [1.5, 3] }, /int/],
      [{ type: "logUniform", within: [0, 1] }, />0/],
      [{ type: "choice", of: [{ a: 1, b: 2 }, { b: 2, a: 1 }] }, /twice/],
      [{ type: "choice", of: [1] }, />=2/],
    ] as const
  ) throws(() => distributions.schema.parse(entry), reason);
});
