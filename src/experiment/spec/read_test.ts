import { deepStrictEqual, throws } from "node:assert";
import { join } from "node:path";
import * as z from "zod";
import { catalog, count, ExperimentFaults, fraction } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { readExperiment, type ReadOptions } from "./read.ts";

const losses = catalog("loss", [
  { name: "bce", summary: "Entropy", options: {}, create: () => null },
  {
    name: "dice",
    summary: "Overlap",
    options: { smooth: fraction(0.5, "smoothing") },
    create: () => null,
  },
], { weight: fraction(1, "factor") });

const schema = z.strictObject({
  name: z.string(),
  loss: z.strictObject({ terms: z.array(losses.schema).min(1) })
    .prefault({ terms: [{ type: "bce" }] }),
  term: losses.schema.optional(),
  train: z.strictObject({
    batch: count(2, "samples in a step"),
    patchVox: z.tuple([z.int(), z.int(), z.int()]).default([8, 96, 96]),
  }).prefault({}),
});

/** Reads the first of some files, which lie in one folder. */
function read(
  files: Readonly<Record<string, string>>,
  options: ReadOptions = {},
): ReturnType<typeof readExperiment<typeof schema>> {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, text] of Object.entries(files)) {
      Deno.mkdirSync(join(folder, name, ".."), { recursive: true });
      Deno.writeTextFileSync(join(folder, name), text);
    }
    const [first] = Object.keys(files);
    return readExperiment(first!, schema, { folder, ...options });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function faultsOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof ExperimentFaults) return error.toString();
    throw error;
  }
  throw new Error("Expected faults");
}

Deno.test("readExperiment() fills defaults and freezes all of it", () => {
  const spec = read({ "a.yaml": "name: a\n" });
  deepStrictEqual(spec, {
    name: "a",
    loss: { terms: [{ type: "bce", weight: 1 }] },
    train: { batch: 2, patchVox: [8, 96, 96] },
  });
  throws(() => (spec.train as { batch: number }).batch = 3, TypeError);
  throws(() => (spec.loss.terms as unknown[]).push(1), TypeError);
});

Deno.test("readExperiment() takes a byte order mark, CRLF and aliases", () => {
  const text = "\uFEFFname: a\r\ntrain: { patchVox: [&n 4, *n, *n] }\r\n";
  deepStrictEqual(read({ "a.yaml": text }).train.patchVox, [4, 4, 4]);
});

Deno.test("readExperiment() merges maps of a parent and replaces lists", () => {
  const spec = read({
    "vnc/child.yaml":
      "extends: ../base.yaml\nname: child\ntrain: { batch: 8 }\n" +
      "loss: { terms: [{ type: dice }] }\n",
    "base.yaml": "extends: ./eldest.yaml\ntrain: { batch: 4 }\n",
    "eldest.yaml": "train: { patchVox: [1, 2, 3] }\nloss:\n  terms:\n" +
      "    - { type: bce }\n    - { type: bce, weight: 0.5 }\n",
  });
  assertEquals(spec.train.batch, 8);
  deepStrictEqual(spec.train.patchVox, [1, 2, 3]);
  deepStrictEqual(spec.loss.terms, [{ type: "dice", smooth: 0.5, weight: 1 }]);
});

Deno.test("readExperiment() puts several parents over one another, the last on top", () => {
  const spec = read({
    "child.yaml": "extends: [a.yaml, b.yaml]\nname: child\n",
    "a.yaml": "extends: eldest.yaml\ntrain: { batch: 4 }\n",
    "b.yaml": "extends: eldest.yaml\ntrain: { batch: 8 }\n",
    "eldest.yaml": "train: { batch: 2, patchVox: [1, 2, 3] }\n",
  });
  assertEquals(spec.train.batch, 8);
  deepStrictEqual(spec.train.patchVox, [1, 2, 3]);
});

Deno.test("readExperiment() replaces an entry of another type as a whole", () => {
  const spec = read({
    "child.yaml": "extends: base.yaml\nname: a\nterm: { type: bce }\n",
    "base.yaml": "term: { type: dice, smooth: 0.1, weight: 0.5 }\n",
  });
  deepStrictEqual(spec.term, { type: "bce", weight: 1 });
});

Deno.test("readExperiment() merges an entry of the same type", () => {
  const spec = read({
    "child.yaml": "extends: base.yaml\nname: a\nterm: { weight: 0.25 }\n",
    "base.yaml": "term: { type: dice, smooth: 0.1, weight: 0.5 }\n",
  });
  deepStrictEqual(spec.term, { type: "dice", smooth: 0.1, weight: 0.25 });
});

Deno.test("readExperiment() does not inherit a name", () => {
  const files = {
    "child.yaml": "extends: base.yaml\n",
    "base.yaml": "name: base\n",
  };
  const spec = read(files, { fallbacks: { name: "child" } });
  assertEquals(spec.name, "child");
  const named = { "a.yaml": "name: own\n" };
  assertEquals(read(named, { fallbacks: { name: "a" } }).name, "own");
});

Deno.test("readExperiment() places a fault in the file that holds the value", () => {
  const text = faultsOf(() =>
    read({
      "vnc/child.yaml": "extends: ../base.yaml\nname: a\n",
      "base.yaml": "train:\n  batch: many\n",
    })
  );
  assertEquals(
    text,
    'Cannot use "many" for train.batch: it is a text, it should be a whole number of at least 1\n' +
      "  at   base.yaml:2:10 train.batch\n" +
      "  fix  Write a whole number of at least 1, such as 2",
  );
});

Deno.test("readExperiment() applies overrides in order, also below defaults", () => {
  const overrides = [
    "train.batch=4",
    "train.batch=6",
    "train.patchVox[1]=64",
    "loss.terms.0.weight=0.25",
  ];
  const spec = read({ "a.yaml": "name: a\n" }, { overrides });
  assertEquals(spec.train.batch, 6);
  deepStrictEqual(spec.train.patchVox, [8, 64, 96]);
  deepStrictEqual(spec.loss.terms, [{ type: "bce", weight: 0.25 }]);
});

Deno.test("readExperiment() takes maps and lists as overrides", () => {
  const overrides = ["loss.terms=[{ type: dice, smooth: 0 }]", "name=b"];
  const spec = read({ "a.yaml": "name: a\n" }, { overrides });
  assertEquals(spec.name, "b");
  deepStrictEqual(spec.loss.terms, [{ type: "dice", smooth: 0, weight: 1 }]);
});

Deno.test("readExperiment() refuses an override of a path that is not there", () => {
  const cases = {
    "train.bacth=4": 'Cannot set train.bacth: train has no "bacth"\n' +
      "  at   --set train.bacth=4\n  fix  Write --set train.batch=…",
    "loss.terms[2].weight=1":
      "Cannot set loss.terms[2].weight: loss.terms has 1 item\n" +
      "  at   --set loss.terms[2].weight=1\n" +
      "  fix  Use [0], or set the whole list",
    "loss.terms[0].smooth=1":
      'Cannot set loss.terms[0].smooth: loss.terms[0] has no "smooth"\n' +
      "  at   --set loss.terms[0].smooth=1\n" +
      '  fix  Use one of "type", "weight"',
    "train.batch.deep=1":
      'Cannot set train.batch.deep: train.batch has no "deep"\n' +
      "  at   --set train.batch.deep=1\n  fix  Set train.batch itself",
    "train.batch":
      'Cannot set "train.batch": it is not a path, an equals sign and a value\n' +
      "  at   --set train.batch\n" +
      "  fix  Write it like --set train.batch=2 or --set 'loss.terms[1].weight=2'",
    "train.batch=[": 'Cannot set train.batch: the "[" has no "]"\n' +
      "  at   --set train.batch=[\n" +
      '  fix  Add the missing "]"; further lines of it begin deeper than its key',
    "__proto__.x=1":
      'Cannot set __proto__.x: an experiment has no "__proto__"\n' +
      "  at   --set __proto__.x=1\n" +
      '  fix  Use one of "name", "loss", "term", "train"',
    "train.batch=two":
      'Cannot use "two" for train.batch: it is a text, it should be a whole number of at least 1\n' +
      "  at   --set train.batch=two train.batch\n" +
      "  fix  Write a whole number of at least 1, such as 2",
  };
  for (const [override, text] of Object.entries(cases)) {
    const options = { overrides: [override] };
    assertEquals(
      faultsOf(() => read({ "a.yaml": "name: a\n" }, options)),
      text,
    );
  }
});

Deno.test("readExperiment() asks for quotes where a text looks like something else", () => {
  for (const value of ["2018", "1e3", "true"]) {
    const said = faultsOf(() => read({ "a.yaml": `name: ${value}\n` }));
    deepStrictEqual(said.split("\n").slice(1), [
      "  at   a.yaml:1:7 name",
      "  fix  Put it in quotes: without them, YAML takes it for no text",
    ]);
    read({ "a.yaml": `name: "${value}"\n` });
  }
  const said = faultsOf(() => read({ "a.yaml": "name: [1]\n" }));
  assertEquals(said.includes("quotes"), false, said);
});

Deno.test("readExperiment() refuses in an override what it refuses in a file", () => {
  const cases = {
    "train.batch=9007199254740993": "9007199254740993 is too large",
    "train.batch=-9007199254740993": "-9007199254740993 is too large",
    "train.batch=0x20000000000000": "9007199254740992 is too large",
    "train.batch=.nan": ".nan is not a number to compute with",
    "train.batch=-.inf": "-.inf is not a number to compute with",
    "term.weight=1e400": "1e400 is too large, numbers go up to 1.797",
    "term.weight=1e-400": "1e-400 is too small, it would be read as 0",
    "train.batch=*x": 'the alias "*x" refers to nothing above it',
    "train.batch=!!set {}": "the tag tag:yaml.org,2002:set has no meaning here",
    "train.batch=!x 2": "unresolved tag: !x, tags have no meaning here",
    "train={ batch: 2, batch: 4 }": 'the key "batch" occurs twice',
    "train={ batch: 2": 'the "{" has no "}"',
    "train.patchVox=[1, .nan, 2]": ".nan is not a number to compute with",
    "train.batch=": "its value is missing",
    "name=issue #3": 'what follows " #" would be dropped as a comment',
    "name=a\n---\nb": "a second document begins",
    'name="\\ud800"': "it has half a character",
  };
  const ends: Record<string, string> = {
    "train={ batch: 2, batch: 4 }": " train.batch",
    "train.patchVox=[1, .nan, 2]": " train.patchVox[1]",
  };
  for (const [override, reason] of Object.entries(cases)) {
    const files = { "a.yaml": "name: a\nterm: { type: bce }\n" };
    const said = faultsOf(() => read(files, { overrides: [override] }));
    const [path] = override.split("=");
    const [what, at, fix, ...more] = said.split("\n");
    assertEquals(what!.startsWith(`Cannot set ${path}: ${reason}`), true, said);
    const where = `--set ${override.replaceAll("\n", "\\u000a")}`;
    assertEquals(at, `  at   ${where}${ends[override] ?? ""}`);
    assertEquals(fix!.startsWith("  fix  "), true, said);
    assertEquals(more.length, 0, said); // the value is not judged besides
  }
});

Deno.test("readExperiment() reads an override as a file would", () => {
  const overrides = [
    "train={ <<: { batch: 8, patchVox: [1, 2, 3] }, batch: 4 }",
    'name="issue #3"',
    "term=&a { type: !!str bce, weight: 0.0 }",
  ];
  const spec = read({ "a.yaml": "name: a\n" }, { overrides });
  deepStrictEqual(spec.train, { batch: 4, patchVox: [1, 2, 3] });
  assertEquals(spec.name, "issue #3");
  deepStrictEqual(spec.term, { type: "bce", weight: 0 });
});

Deno.test("readExperiment() tells a hundred faults, and how many more there are", () => {
  const faulty = (count: number) => {
    const keys = Array.from({ length: count }, (_, i) => `k${i}: 0\n`).join("");
    const said = faultsOf(() => read({ "a.yaml": `name: a\n${keys}` }));
    return said.split("\n\n");
  };
  deepStrictEqual(faulty(100).length, 100);
  assertEquals(faulty(101)[100]!.startsWith("Cannot show 1 more fault"), true);
  const many = faulty(103);
  deepStrictEqual(many.length, 101);
  assertEquals(many[0]!.split("\n")[0]!.includes('"k0"'), true);
  assertEquals(
    many[100],
    "Cannot show 3 more faults\n  at   a.yaml\n  fix  Mend these first",
  );
});
