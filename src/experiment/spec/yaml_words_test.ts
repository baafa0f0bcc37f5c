import { deepStrictEqual } from "node:assert/strict";
import { readYaml } from "./read_yaml.ts";

/** Texts that are no YAML, each with where it is told, why, and what helps. */
const cases: readonly [text: string, at: string, why: RegExp, fix: RegExp][] = [
  [
    "a: [1, 2\nb: 3\n",
    "1:4",
    /^the "\[" has no "\]" up to line 2/,
    /missing "\]"/,
  ],
  [
    "a: { x: 1\nb: 3\n",
    "1:4",
    /^the "\{" has no "\}" up to line 2/,
    /missing "\}"/,
  ],
  ["[1, 2", "1:1", /^the "\[" has no "\]"/, /missing "\]"/],
  ["a: 1]\nb: [2\n", "2:4", /^the "\[" has no "\]"/, /missing "\]"/],
  [
    "a: [1]]\n",
    "1:7",
    /^the "\]" has no "\["/,
    /missing "\[", or remove the "\]"/,
  ],
  [
    "a: {x: 1}}\n",
    "1:10",
    /^the "\}" has no "\{"/,
    /missing "\{", or remove the "\}"/,
  ],
  [
    'a: "x\n',
    "1:4",
    /^the quote that begins there has no end/,
    /missing quote/,
  ],
  [
    "a: 'x\n",
    "1:4",
    /^the quote that begins there has no end/,
    /missing quote/,
  ],
  ['"x', "1:1", /^the quote that begins there has no end/, /missing quote/],
  ["a:\n\tb: 1\n", "2:1", /^a tab is used for indentation/, /spaces/],
  ["a: !x 1\n", "1:4", /, tags have no meaning here/, /begins with "!"/],
];

for (const [text, at, why, fix] of cases) {
  Deno.test(`syntaxWords() says what is wrong with ${JSON.stringify(text)}, startsAt() where`, () => {
    const { faults } = readYaml(text, { file: "f" });
    const { message, where, fix: help } = faults[0]!.error;
    const said = {
      where,
      why: why.test(message.replace("Cannot read f: ", "")) || message,
      fix: fix.test(`${help}`) || help,
    };
    deepStrictEqual(said, { where: `f:${at}`, why: true, fix: true });
  });
}
