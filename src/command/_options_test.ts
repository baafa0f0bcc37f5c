import { deepStrictEqual, throws } from "node:assert";
import fc from "fast-check";
import { assertEquals } from "@test/helpers.ts";
import { numberWithin, oneOf, required, wholeNumber } from "./_options.ts";

Deno.test("wholeNumber() takes digits alone", () => {
  deepStrictEqual(wholeNumber("7", "seed"), 7);
  deepStrictEqual(wholeNumber("0", "seed"), 0);
  deepStrictEqual(wholeNumber("9007199254740991", "seed"), 2 ** 53 - 1);
  deepStrictEqual(wholeNumber(undefined, "seed"), undefined);
  for (const text of ["-1", "1.5", "x", "", "9007199254740992", "1e3"]) {
    throws(() => wholeNumber(text, "seed"), /--seed/);
  }
});

Deno.test("wholeNumber() takes what lies within", () => {
  const bounds = { low: 1, high: 48 };
  for (const text of ["1", "48"]) {
    deepStrictEqual(wholeNumber(text, "draws", bounds), Number(text));
  }
  for (const text of ["0", "49"]) {
    throws(() => wholeNumber(text, "draws", bounds), {
      message:
        `Cannot use "${text}" for --draws: it should be a whole number ` +
        "of at least 1 and at most 48",
      where: `--draws ${text}`,
      fix: "Write a number such as 8",
    });
  }
  throws(() => wholeNumber("9", "n", { high: 5 }), {
    fix: "Write a number such as 5",
  });
});

Deno.test("numberWithin() takes what lies within", () => {
  const bounds = { low: -0.5, high: 2 };
  for (const text of ["-0.5", "0", "2", "1e-3"]) {
    deepStrictEqual(numberWithin(text, "p", bounds), Number(text));
  }
  assertEquals(numberWithin(undefined, "p", bounds), undefined);
  for (const text of ["-0.51", "2.1", "x", "", " ", "NaN"]) {
    throws(() => numberWithin(text, "p", bounds), {
      message:
        `Cannot use "${text}" for --p: it should be a number from -0.5 to 2`,
      where: `--p ${text}`,
      fix: "Write a number such as 0.75",
    });
  }
});

Deno.test("numberWithin() reads back every number within", () => {
  const bounds = { low: 0, high: 1 };
  fc.assert(fc.property(
    fc.double({ min: 0, max: 1, noNaN: true }),
    (value) => numberWithin(`${value}`, "p", bounds) === value + 0,
  ));
});

Deno.test("oneOf() takes one of some words, the first by default", () => {
  const words = ["best", "last"] as const;
  assertEquals(oneOf(undefined, { option: "weights", words }), "best");
  assertEquals(oneOf("last", { option: "weights", words }), "last");
  const refused = (text: string, fix: string) =>
    throws(() => oneOf(text, { option: "weights", words }), {
      message: `Cannot use "${text}" for --weights: it should be best or last`,
      where: `--weights ${text}`,
      fix,
    });
  refused("lsat", "Write last");
  refused("frobnicate", "Write best");
});

Deno.test("required() names the option that is missing", () => {
  deepStrictEqual(required("x", "output"), "x");
  for (const text of [undefined, ""]) {
    throws(() => required(text, "output"), /--output is missing/);
  }
});
