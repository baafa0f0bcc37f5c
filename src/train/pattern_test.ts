import { deepStrictEqual, throws } from "node:assert";
import { matchNames } from "./pattern.ts";

const names = [
  "encoder0/conv0/kernel",
  "encoder0/conv0/bias",
  "encoder1/chain0/conv0/kernel",
  "decoder0/conv0/kernel",
  "head/kernel",
  "head/bias",
];

Deno.test("matchNames() knows layers, parts of names and any depth", () => {
  const match = (...patterns: string[]) => [
    ...matchNames(patterns, { names, where: "freeze" }),
  ];
  deepStrictEqual(match("encoder0"), names.slice(0, 2));
  deepStrictEqual(match("encoder*/**"), names.slice(0, 3));
  deepStrictEqual(match("encoder?"), names.slice(0, 3));
  deepStrictEqual(match("*/conv0"), [names[0], names[1], names[3]]);
  deepStrictEqual(match("**/conv0/kernel"), [names[0], names[2], names[3]]);
  deepStrictEqual(match("**/bias"), [names[1], names[5]]);
  deepStrictEqual(match("encoder1/**/kernel"), [names[2]]);
  deepStrictEqual(match("head/", "head/bias"), [names[4], names[5]]);
  deepStrictEqual(match("**"), names);
});

Deno.test("matchNames() says which pattern matches nothing, with the nearest names", () => {
  const cases = [
    [["head", "encodr0/**"], 'freeze[1]: "encoder0", "encoder1"'],
    [["head/weight"], 'freeze[0]: "head/kernel"'],
    [["encode"], 'freeze[0]: "encoder0"'], // no layer, a part of its name
    [["x.y"], 'freeze[0]: "encoder0", "encoder1", "decoder0", "head"'],
  ] as const;
  for (const [patterns, says] of cases) {
    throws(
      () => matchNames(patterns, { names, where: "freeze" }),
      (error: Error & { where: string; fix: string }) =>
        `${error.where}: ${error.fix.replace("Write a name such as ", "")}`
          .startsWith(says),
      says,
    );
  }
});
