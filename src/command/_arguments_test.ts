import { deepStrictEqual, throws } from "node:assert";
import { parseArguments } from "./_arguments.ts";
import { defineCommand } from "./_command.ts";
import { numberWithin, required, wholeNumber } from "./_options.ts";

const command = defineCommand({
  name: "cut",
  summary: "Cuts",
  positionals: [
    { name: "FILE", summary: "what" },
    { name: "MORE", summary: "more of it", count: "optional" },
  ],
  options: {
    json: { summary: "as JSON" },
    size: { value: "N", summary: "how large" },
    set: { value: "PATH=VALUE", summary: "set", isRepeatable: true },
    seed: { value: "N", summary: "which" },
  },
  run: () => Promise.resolve(0),
});

Deno.test("parseArguments() sorts options from positionals", () => {
  const { options, positionals } = parseArguments(
    command,
    ["a.hdf", "--set", "x=1", "--size=3", "--set=y=2", "--json", "--", "--b"],
  );
  deepStrictEqual(positionals, ["a.hdf", "--b"]);
  deepStrictEqual(options, {
    json: true,
    size: "3",
    set: ["x=1", "y=2"],
    seed: undefined,
  });
});

Deno.test("parseArguments() leaves out what was not given", () => {
  deepStrictEqual(parseArguments(command, ["a"]).options, {
    json: false,
    size: undefined,
    set: [],
    seed: undefined,
  });
});

Deno.test("parseArguments() refuses what the command does not take", () => {
  const cases: readonly [words: string[], says: RegExp][] = [
    [["a", "--sit", "3"], / +fix +Write --set$/],
    [["a", "--sed", "3"], / +fix +Write --set or --seed$/],
    [
      ["a", "--sise", "3"],
      /"cut" has no such option\n.*\n +fix +Write --size$/,
    ],
    [["a", "--frobnicate"], / +fix +See what there is: deno task help cut$/],
    [["a", "-j"], /Cannot use -j/],
    [["a", "--size"], /its value is missing\n.*\n +fix +Write --size N$/],
    [["a", "--size="], /Cannot use --size: its value is missing/],
    [["a", "--size", ""], /its value is missing/],
    [["a", "--json=yes"], /it takes no value\n.*\n +fix +Write --json alone$/],
    [
      [],
      /FILE is missing\n +at +cut\n +fix +Write deno task cut FILE \[MORE\]/,
    ],
    [["a", "b", "c"], /Cannot use "c": "cut" takes no more than FILE MORE/],
    [["a", "--constructor", "1"], /Cannot use --constructor/],
  ];
  for (const [words, says] of cases) {
    throws(() => parseArguments(command, words), (error) => {
      return says.test(`${error}`) || `${error}`;
    });
  }
});

Deno.test("wholeNumber() takes digits alone", () => {
  deepStrictEqual(wholeNumber("7", "seed"), 7);
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
    throws(
      () => wholeNumber(text, "draws", bounds),
      (error) =>
        /at least 1 and at most 48\n.*--draws \d+\n.*such as 8$/.test(
          `${error}`,
        ),
    );
  }
});

Deno.test("numberWithin() takes what lies within", () => {
  deepStrictEqual(numberWithin("0.5", "p", { low: 0, high: 1 }), 0.5);
  for (const text of ["-0.1", "1.1", "x", " "]) {
    throws(() => numberWithin(text, "p", { low: 0, high: 1 }), /--p/);
  }
});

Deno.test("required() names the option that is missing", () => {
  deepStrictEqual(required("x", "output"), "x");
  throws(() => required(undefined, "output"), /--output is missing/);
});
