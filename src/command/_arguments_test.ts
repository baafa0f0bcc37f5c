import { deepStrictEqual, throws } from "node:assert";
import { parseArguments } from "./_arguments.ts";
import { defineCommand } from "./_command.ts";

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
