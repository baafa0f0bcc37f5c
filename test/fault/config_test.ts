import { deepStrictEqual, ok } from "node:assert";
import { join } from "node:path";
import fc from "fast-check";
import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { checkSpec, parseExperiment, planFile } from "@/experiment/mod.ts";
import { augmentations } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";

const sound = `name: sound
data:
  train: [{ source: { type: phantom } }]
model: { type: resUnet }
loss: { terms: [{ type: bce }] }
`;

/** What reading `x.yaml` says, in a folder that also has `more`; empty if it is fine. */
function faultsOf(
  text: string | Uint8Array,
  more: Readonly<Record<string, string>> = {},
): string {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, content] of Object.entries(more)) {
      Deno.writeTextFileSync(join(folder, name), content);
    }
    const bytes = typeof text === "string"
      ? new TextEncoder().encode(text)
      : text;
    Deno.writeFileSync(join(folder, "x.yaml"), bytes);
    parseExperiment("x.yaml", { folder });
    return "";
  } catch (error) {
    if (error instanceof ExperimentFaults) return error.toString();
    throw error;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** The three lines of a fault. */
function fault(what: string, at: string, fix: string): string {
  return `${what}\n  at   ${at}\n  fix  ${fix}`;
}

Deno.test("parseExperiment() takes a sound file, with a byte order mark and CRLF too", () => {
  assertEquals(faultsOf(sound), "");
  assertEquals(faultsOf("\uFEFF" + sound.replaceAll("\n", "\r\n")), "");
});

Deno.test("parseExperiment() tells every fault of a file at once, in reading order", () => {
  const text = `name: sound
sampler:
  type: unifrom
data:
  train: [{ source: { type: phantom }, regionVox: { y: [9, 3] } }]
model: { type: resUnet, filter: [8, 16] }
loss: { terms: [{ type: bce, weight: heavy }] }
train: { batch: 0, batch: 2, precision: fp23 }
seed: 9007199254740993
`;
  assertEquals(
    faultsOf(text),
    [
      fault(
        'Cannot use "unifrom" for sampler.type: there is no such type',
        "x.yaml:3:9 sampler.type",
        'Write "uniform"',
      ),
      fault(
        "Cannot use [9,3] for data.train[0].regionVox.y: the first bound must be below the second",
        "x.yaml:5:56 data.train[0].regionVox.y",
        "Write a list of 2, each a number",
      ),
      fault(
        'Cannot use the key "filter" in model: type "resUnet" has no such key',
        "x.yaml:6:25 model.filter",
        'Write "filters"',
      ),
      fault(
        'Cannot use "heavy" for loss.terms[0].weight: it is a text, it should be a number above 0 or a course such as { from: 1, to: 0.1, over: [0.2, 0.8] }',
        "x.yaml:7:38 loss.terms[0].weight",
        "Write a number above 0 or a course such as { from: 1, to: 0.1, over: [0.2, 0.8] }, such as 1",
      ),
      fault(
        "Cannot use 0 for train.batch: it should be a whole number of at least 1",
        "x.yaml:8:17 train.batch",
        "Write a whole number of at least 1, such as 2",
      ),
      fault(
        'Cannot read x.yaml: the key "batch" occurs twice, first in line 8',
        "x.yaml:8:20 train.batch",
        "Keep one of the two",
      ),
      fault(
        'Cannot use "fp23" for train.precision: it should be one of "fp32", "tf32", "bf16"',
        "x.yaml:8:41 train.precision",
        'Write "fp32"',
      ),
      fault(
        "Cannot read x.yaml: 9007199254740993 is too large, whole numbers go up to 9007199254740991",
        "x.yaml:9:7 seed",
        "Write a smaller number",
      ),
    ].join("\n\n"),
  );
});

const types = augmentations.components.map(({ name }) => `"${name}"`).join(
  ", ",
);

const cases: Readonly<Record<string, [text: string, says: string]>> = {
  "an empty file": [
    "# nothing yet\n",
    fault(
      "Cannot read x.yaml: it is empty",
      "x.yaml:1:1",
      'Begin with "name:", "data:", "model:" and "loss:", or copy a file from experiments/',
    ),
  ],
  "a file that is no mapping": [
    "- name: a\n",
    fault(
      "Cannot read x.yaml: it should consist of keys and values",
      "x.yaml:1:1",
      'Begin with "name:", "data:", "model:" and "loss:"',
    ),
  ],
  "a tab": [
    sound + "train:\n\tbatch: 2\n",
    fault(
      "Cannot read x.yaml: a tab is used for indentation",
      "x.yaml:7:1",
      "Indent with spaces, two for each level",
    ),
  ],
  "a second document": [
    sound + "---\nname: b\n",
    fault(
      "Cannot read x.yaml: a second document begins",
      "x.yaml:6:1",
      'Keep one experiment a file and remove the line "---"',
    ),
  ],
  "an alias that refers to nothing": [
    sound + "train: *common\n",
    fault(
      'Cannot read x.yaml: the alias "*common" refers to nothing above it',
      "x.yaml:6:8 train",
      'Put "&common" before the value it should repeat, or write the value out',
    ),
  ],
  "an alias inside what it refers to": [
    sound + "train: &t { batch: *t }\n",
    fault(
      'Cannot read x.yaml: the alias "*t" stands inside the value it refers to',
      "x.yaml:6:20 train.batch",
      "Write the value out",
    ),
  ],
  ".nan": [
    sound + "optimizer: { type: adam, learningRate: .nan }\n",
    fault(
      "Cannot read x.yaml: .nan is not a number to compute with",
      "x.yaml:6:40 optimizer.learningRate",
      "Write a finite number, or leave the key out to use its default",
    ),
  ],
  "an infinite number": [
    sound + "seed: -.inf\n",
    fault(
      "Cannot read x.yaml: -.inf is not a number to compute with",
      "x.yaml:6:7 seed",
      "Write a finite number, or leave the key out to use its default",
    ),
  ],
  "a seed beyond 2^53": [
    sound + "seed: 9007199254740992\n",
    fault(
      "Cannot read x.yaml: 9007199254740992 is too large, whole numbers go up to 9007199254740991",
      "x.yaml:6:7 seed",
      "Write a smaller number",
    ),
  ],
  "a seed below 0": [
    sound + "seed: -1\n",
    fault(
      "Cannot use -1 for seed: it should be a whole number of at least 0",
      "x.yaml:6:7 seed",
      "Write a whole number of at least 0, such as 1",
    ),
  ],
  "a key __proto__": [
    sound + "__proto__: { polluted: true }\n",
    fault(
      'Cannot read x.yaml: the key "__proto__" has a meaning of its own in JavaScript',
      "x.yaml:6:1",
      "Remove it",
    ),
  ],
  "a key that is no word": [
    sound + "7: seven\n",
    fault(
      "Cannot read x.yaml: a key is not a word",
      "x.yaml:6:1",
      "Write keys as plain words, such as batch: 2",
    ),
  ],
  "a tag": [
    sound + "notes: !!js/function 'x'\n",
    fault(
      "Cannot read x.yaml: unresolved tag: tag:yaml.org,2002:js/function, tags have no meaning here",
      "x.yaml:6:8",
      'Remove the word that begins with "!"',
    ),
  ],
  "a missing quote": [
    sound + 'notes: "half\n',
    fault(
      "Cannot read x.yaml: the quote that begins there has no end",
      "x.yaml:6:8",
      "Add the missing quote at the end of the text",
    ),
  ],
  "a missing section": [
    sound.replace(/^loss.*\n/m, ""),
    fault(
      "Cannot use the experiment: loss is missing",
      "x.yaml:1:1 loss",
      'Add "loss": a mapping with "terms"',
    ),
  ],
  "an empty section": [
    sound + "report:\n",
    fault(
      'Cannot use nothing for report: it should be a mapping with some of "atEnd", "compareWith"',
      "x.yaml:6:8 report",
      'Write a mapping with some of "atEnd", "compareWith", or remove the key',
    ),
  ],
  "an entry without its type": [
    sound + "augment: [{ p: 0.5 }]\n",
    fault(
      'Cannot use augment[0]: its "type" is missing',
      "x.yaml:6:11 augment[0].type",
      `Write "type:" and one of ${types}`,
    ),
  ],
  "a key of another section": [
    sound + "train: { overlap: 0.5 }\n",
    fault(
      'Cannot use the key "overlap" in train: there is no such key',
      "x.yaml:6:10 train.overlap",
      'Write it under "infer"',
    ),
  ],
  "a region given twice": [
    sound.replace(
      "}]",
      "}, regionVox: { z: [0, 4] }, regionNm: { z: [0, 9] } }]",
    ).replace("{ type: phantom } }, r", "{ type: phantom }, r"),
    fault(
      "Cannot use a mapping for data.train[0]: regionVox and regionNm are both given",
      "x.yaml:3:11 data.train[0]",
      "Remove one of the two",
    ),
  ],
  "a parent that is not there": [
    sound + "extends: ./bsae.yaml\n",
    fault(
      "Cannot read bsae.yaml: there is no such file",
      "x.yaml:6:10 extends",
      "Write base.yaml",
    ),
  ],
  "a parent that is no path": [
    sound + "extends: [base.yaml, 7]\n",
    fault(
      'Cannot read x.yaml: "extends" should name a file, or a list of them',
      "x.yaml:6:22 extends",
      "Write paths relative to this file, such as ../mixloss.yaml",
    ),
  ],
  "parents that form a circle": [
    sound + "extends: loop.yaml\n",
    fault(
      "Cannot read x.yaml: its parents form a circle, x.yaml → loop.yaml → x.yaml",
      "loop.yaml:1:10 extends",
      'Remove one "extends" of the circle',
    ),
  ],
};

for (const [what, [text, says]] of Object.entries(cases)) {
  Deno.test(`parseExperiment() refuses ${what}`, () => {
    const more = { "base.yaml": "seed: 2\n", "loop.yaml": "extends: x.yaml\n" };
    assertEquals(faultsOf(text, more), says);
  });
}

Deno.test("parseExperiment() refuses a file that is no text", () => {
  const where = "x.yaml\n  fix  ";
  assertEquals(
    faultsOf(Uint8Array.of(0x89, 0x48, 0x44, 0x46)),
    `Cannot read x.yaml: it is not a text in UTF-8\n  at   ${where}Save it as UTF-8`,
  );
  assertEquals(
    faultsOf("name: \0\n"),
    `Cannot read x.yaml: it is not a text\n  at   ${where}Name an experiment file, not a data file`,
  );
});

Deno.test("parseExperiment() refuses a misspelt file and names the right one", () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(join(folder, "mixloss.yaml"), sound);
    parseExperiment("mixlos.yaml", { folder });
  } catch (error) {
    assertEquals(
      `${error}`,
      fault(
        "Cannot read mixlos.yaml: there is no such file",
        "mixlos.yaml",
        "Write mixloss.yaml",
      ),
    );
    return;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  throw new Error("Expected a fault");
});

const row = (name: string, of: string) => `${name}: &${name} [${of}]\n`;
const nine = (value: string) => Array(9).fill(value).join(", ");
const heavy: Readonly<Record<string, [text: () => string, says: RegExp]>> = {
  "an alias bomb": [
    () =>
      row("a", nine("x")) + row("b", nine("*a")) + row("c", nine("*b")) +
      row("d", nine("*c")) + row("e", nine("*d")) + row("f", nine("*e")),
    /it has more than 20000 values once its aliases are written out/,
  ],
  "20,000 nested brackets": [
    () => "name: " + "[".repeat(20_000) + "]".repeat(20_000),
    /it is nested more than 64 levels deep/,
  ],
  "100 nested brackets": [
    () => "name: " + "[".repeat(100) + "]".repeat(100),
    /it is nested more than 64 levels deep/,
  ],
  "nested dashes": [
    () => "- ".repeat(100_000),
    /it is nested more than 64 levels deep/,
  ],
  "600 nested keys": [
    () =>
      Array.from({ length: 600 }, (_, i) => " ".repeat(i) + "a:").join("\n"),
    /it is nested more than 64 levels deep/,
  ],
  "100 MB": [
    () => "a".repeat(100_000_000),
    /it has 100000000 bytes, an experiment has at most 262144/,
  ],
  "10,000 unknown keys": [
    () => Array.from({ length: 10_000 }, (_, i) => `k${i}: 1`).join("\n"),
    /Cannot show 9903 more faults/,
  ],
};

for (const [what, [text, says]] of Object.entries(heavy)) {
  Deno.test(`parseExperiment() refuses ${what} fast`, () => {
    const start = performance.now();
    const said = faultsOf(text());
    ok(says.test(said), said.slice(0, 500));
    const ms = performance.now() - start;
    ok(ms < 20_000, `it took ${ms} ms`);
  });
}

Deno.test("parseExperiment() says faults and nothing else, whatever it reads", () => {
  const letters = fc.string({ maxLength: 60, unit: "binary" });
  const pieces = fc.array(
    fc.constantFrom(..."abc:-[]{}&*!|>'\"%@#?,\n\t 1.~<=", "name", "__proto__"),
    { maxLength: 80 },
  ).map((parts) => parts.join(""));
  const damaged = fc.tuple(fc.nat(sound.length), fc.nat(20), pieces).map(
    ([at, cut, put]) => sound.slice(0, at) + put + sound.slice(at + cut),
  );
  fc.assert(
    fc.property(fc.oneof(letters, pieces, damaged), (text) => {
      faultsOf(text); // throws whatever is no ExperimentFaults
    }),
    { numRuns: 400, seed: 1 },
  );
});

/** What takes the place of a piece of a file. */
const replacements = [
  ..."[]{}:,-#&*!|>'\"%@?~<=\t\n \u001b\u0085\0",
  "9007199254740993",
  "-1",
  "1e999",
  "1e-999",
  "1e9",
  ".nan",
  ".inf",
  "null",
  "true",
  "*a",
  "&a",
  "!!set",
  "<<: { seed: 2 }",
  "__proto__",
  "constructor",
  "../../x",
  "\n---\n",
  "extends: x.yaml",
  "matrix: { seed: [1, .nan] }",
  "é日本\u{1f9e0}",
];

const shipped = ["mixloss", "losses_and_blocks", "report_augmentation"].map(
  (name) =>
    Deno.readTextFileSync(
      new URL(`../../experiments/${name}.yaml`, import.meta.url),
    ).replace(/^extends:.*\n/m, ""),
);

/** Texts of experiments, each damaged in up to three places. */
const damaged = fc.tuple(
  fc.constantFrom(sound, ...shipped),
  fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(200)),
      put: fc.oneof(fc.constantFrom("", ...replacements), fc.constant(null)),
    }),
    { minLength: 1, maxLength: 3 },
  ),
).map(([whole, changes]) =>
  changes.reduce((text, { at, cut, put }) => {
    const start = Math.floor(at * text.length);
    const piece = text.slice(start, start + cut); // null writes it twice
    return text.slice(0, start) + (put ?? piece + piece) +
      text.slice(start + cut);
  }, whole)
);

Deno.test("a damaged file is refused line by line, or is a sound experiment", () => {
  let refused = 0, taken = 0;
  const folder = Deno.makeTempDirSync();
  try {
    fc.assert(
      fc.property(damaged, (text) => {
        Deno.writeTextFileSync(join(folder, "x.yaml"), text);
        const begunMs = performance.now();
        try {
          const { plan, matrix } = planFile("x.yaml", { folder });
          const { spec } = plan ?? matrix.variants[0]!.plan;
          const again = JSON.parse(JSON.stringify(spec));
          deepStrictEqual(checkSpec(again, "x"), spec);
          taken++;
        } catch (error) {
          if (!(error instanceof ExperimentError)) throw error;
          if (!(error instanceof ExperimentFaults)) return; // of the plan
          refused++;
          const place = /^x\.yaml(:\d+:\d+( [^\n]+)?)?$|\.| in /;
          for (const { message, where, fix } of error.faults) {
            ok(place.test(where), `${where} of ${text}`);
            ok(!/\p{Cc}/u.test(message + where + fix), JSON.stringify(message));
          }
        } finally {
          ok(performance.now() - begunMs < 20_000, text);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  ok(refused > 150 && taken > 10, `${refused} refused, ${taken} taken`);
});
