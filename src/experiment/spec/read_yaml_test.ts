import { deepStrictEqual, match, ok } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { valueOf } from "./node.ts";
import { readYaml } from "./read_yaml.ts";

/** The value of a text, which has no fault. */
function valueIn(text: string): unknown {
  const { root, faults } = readYaml(text, { file: "a.yaml" });
  assertEquals(faults.map(({ error }) => `${error}`).join(), "");
  return valueOf(root!);
}

/** The faults of a text, each as reason and place. */
function faultsIn(text: string): string[] {
  return readYaml(text, { file: "a.yaml" }).faults.map(({ error }) =>
    `${error.message.replace("Cannot read a.yaml: ", "")} at ${error.where}`
  );
}

Deno.test("readYaml() merges maps below a map's own keys, the first on top", () => {
  const cases: Record<string, unknown> = {
    "b: &b { x: 1, y: 2 }\nc: { <<: *b, y: 3 }": { x: 1, y: 3 },
    "b: &b { x: 1, y: 2 }\nc: { y: 3, <<: *b }": { x: 1, y: 3 },
    "b: &b { x: 1 }\nc:\n  <<: *b\n  y: { z: 2 }": { x: 1, y: { z: 2 } },
    "b: 1\nc: { <<: [{ x: 1 }, { x: 2, y: 2 }] }": { x: 1, y: 2 },
    "b: &b { <<: { x: 1 } }\nc: { <<: *b }": { x: 1 },
    "b: &b { x: { y: 1 } }\nc: { <<: *b, x: { z: 1 } }": { x: { z: 1 } },
    "b: 1\nc: { <<: {} }": {},
    'b: 1\nc: { "<<": 1 }': { "<<": 1 },
  };
  for (const [text, c] of Object.entries(cases)) {
    deepStrictEqual((valueIn(text) as { c: unknown }).c, c, text);
  }
});

Deno.test("readYaml() refuses to merge what is no mapping", () => {
  deepStrictEqual(faultsIn("a: { <<: 3 }"), [
    'what "<<" merges is no mapping at a.yaml:1:10 a.<<',
  ]);
  deepStrictEqual(faultsIn("a: { <<: [{ x: 1 }, 4] }"), [
    'what "<<" merges is no mapping at a.yaml:1:21 a.<<',
  ]);
  deepStrictEqual(faultsIn("a:\n  <<:\n"), [
    'what "<<" merges is no mapping at a.yaml:2:6 a.<<',
  ]);
  deepStrictEqual(faultsIn("a: &a { <<: *a }"), [
    'the alias "*a" stands inside the value it refers to at a.yaml:1:13 a.<<',
  ]);
  deepStrictEqual(faultsIn("a: { <<: { x: 1 }, <<: { y: 1 } }"), [
    'the key "<<" occurs twice, first in line 1 at a.yaml:1:20 a.<<',
  ]);
});

Deno.test("readYaml() knows the place of a value that was merged", () => {
  const { root } = readYaml("b: &b\n  x: 1\nc: { <<: *b }\n", {
    file: "a.yaml",
  });
  const c = root!.kind === "map" && root!.entries.get("c")!.node;
  const x = c && c.kind === "map" && c.entries.get("x");
  deepStrictEqual(x && x.keyPlace.at, { line: 2, column: 3 });
});

Deno.test("readYaml() names the bracket that is not closed, where it opens", () => {
  const cases = [
    ["a: [1, 2\nb: 3\n", 'the "[" has no "]" up to line 2 at a.yaml:1:4'],
    ["a: { b: 1\nc: 3\n", 'the "{" has no "}" up to line 2 at a.yaml:1:4'],
    ["a: { b: [1, 2 }\n", 'the "[" has no "]" up to line 1 at a.yaml:1:9'],
    ["a: [{ b: 1, [2] ]\n", 'the "{" has no "}" up to line 1 at a.yaml:1:5'],
    ["a:\n  - [1\n  - [2]\n", 'the "[" has no "]" up to line 3 at a.yaml:2:5'],
    ["[1, 2", 'the "[" has no "]" up to line 1 at a.yaml:1:1'],
    ["a: [\nb: 3\n", 'the "[" has no "]" up to line 2 at a.yaml:1:4'],
  ] as const;
  for (const [text, fault] of cases) assertEquals(faultsIn(text)[0], fault);
});

Deno.test("readYaml() names the bracket or the quote that closes nothing or is not closed", () => {
  const cases = [
    ["s: { a: 4, 16, 8] }\n", 'the "]" has no "[" at a.yaml:1:17'],
    ["s: [{ a: 1 }, b: 2 }]\n", 'the "}" has no "{" at a.yaml:1:20'],
    ["s: [1, 2]]\n", 'the "]" has no "[" at a.yaml:1:10'],
    ["s: { b: 1 }}\n", 'the "}" has no "{" at a.yaml:1:12'],
    [
      "s: { x: [1, { b: 2], c: [3] }\n",
      'the "{" has no "}" up to line 1 at a.yaml:1:13',
    ],
    ['s: "br\nt: 3\n', "the quote that begins there has no end at a.yaml:1:4"],
    ["s: 1\nt: 'br\n", "the quote that begins there has no end at a.yaml:2:4"],
  ] as const;
  for (const [text, fault] of cases) assertEquals(faultsIn(text)[0], fault);
});

Deno.test("readYaml() speaks of indentation where that is wrong", () => {
  match(
    faultsIn("a:\n    b: 1\n   c: 2\n")[0]!,
    /^the indentation is wrong \(all mapping items must start at the same column\) at a\.yaml:3:1$/,
  );
  assertEquals(faultsIn("a: [\n]\nb: {\n}\n").length, 0);
});

Deno.test("readYaml() reads what YAML 1.2 writes and nothing else", () => {
  deepStrictEqual(
    valueIn(
      "[0x10, 0o17, 017, 1e3, -0, 0.0, 0e7, yes, 12:30, ~, !!str 3, !!int 4]",
    ),
    [16, 15, 17, 1000, 0, 0, 0, "yes", "12:30", null, "3", 4],
  );
  const cases = [
    ["%YAML 1.1\n---\na: yes\n", /^it says %YAML 1\.1, .* at a\.yaml:1:1$/],
    ["a: !!binary aGk=\n", /^the tag tag:yaml\.org,2002:binary has no/],
    ["a: !!omap [b: 1]\n", /^the tag tag:yaml\.org,2002:omap has no/],
    ["a: !b 1\n", /^unresolved tag: !b, tags have no meaning here/],
    ["a: 1e999\n", /^1e999 is too large, numbers go up to 1\.79/],
    ["a: -1e-999\n", /^-1e-999 is too small, it would be read as 0/],
    ["a: .NaN\n", /^\.nan is not a number to compute with at a\.yaml:1:4 a$/],
    ['a: "\\udc00"\n', /^it has half a character .* at a\.yaml:1:4 a$/],
    ['"\\ud800": 1\n', /^a key is not a word at a\.yaml:1:1$/],
    ['? "": 1\n', /^a key is not a word/],
    ["? [a]\n: 1\n", /^a key is not a word/],
  ] as const;
  for (const [text, fault] of cases) match(faultsIn(text)[0] ?? "", fault);
  assertEquals(valueIn("%YAML 1.2\n---\n7\n"), 7);
});

Deno.test("readYaml() counts the values that aliases write out", () => {
  const tens = (of: string) => `[${Array(10).fill(of).join(", ")}]`;
  const bomb = (levels: number) =>
    Array.from(
      { length: levels },
      (_, i) => `- &a${i} ${tens(i === 0 ? "1" : `*a${i - 1}`)}\n`,
    ).join("");
  assertEquals(faultsIn(bomb(4)).length, 0); // 12,345 values and their aliases
  match(faultsIn(bomb(5))[0]!, /^it has more than 20000 values/);
});

Deno.test("readYaml() shows control characters of keys as text", () => {
  const said = faultsIn('"a\\u001b[31m": { x: .nan }\n')[0]!;
  assertEquals(
    said,
    ".nan is not a number to compute with at a.yaml:1:21 a\\u001b[31m.x",
  );
});

Deno.test("readYaml() reads 64 levels, and no deeper", () => {
  const nested = (levels: number) =>
    readYaml(`${"[".repeat(levels)}1${"]".repeat(levels)}`, { file: "a" });
  deepStrictEqual(nested(64).faults, []);
  for (const levels of [65, 1000, 5000]) {
    const { root, faults } = nested(levels);
    deepStrictEqual([root, faults.length], [null, 1]);
    ok(/more than 64 levels/.test(faults[0]!.error.message));
  }
});

Deno.test("readYaml() tells where a second document begins", () => {
  deepStrictEqual(faultsIn("a: 1\n---\nb: 2\n"), [
    "a second document begins at a.yaml:2:1",
  ]);
});

Deno.test("readYaml() says of a text without a value that it is empty", () => {
  for (const text of ["", "# words", "\n\n"]) {
    const [fault] = readYaml(text, { file: "a" }).faults;
    deepStrictEqual(fault?.error.message, "Cannot read a: it is empty", text);
    deepStrictEqual(fault?.error.where, "a:1:1");
  }
  const [broken] = readYaml("%bad\n---\n", { file: "a" }).faults;
  ok(!/it is empty/.test(broken!.error.message), broken!.error.message);
  const [set] = readYaml("", { file: "--set a=", path: ["a"] }).faults;
  deepStrictEqual(set?.error.message, "Cannot set a: its value is missing");
});
