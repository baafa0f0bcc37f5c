import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { type Loaded, loadExperiment } from "./load.ts";
import { valueOf } from "./node.ts";

/** Loads `a.yaml` from a folder with some files, and links by their targets. */
function load(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Loaded & { readonly says: readonly string[] } {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, text] of Object.entries(files)) {
      Deno.mkdirSync(join(folder, name, ".."), { recursive: true });
      Deno.writeTextFileSync(join(folder, name), text);
    }
    for (const [name, target] of Object.entries(links)) {
      Deno.symlinkSync(target, join(folder, name));
    }
    const loaded = loadExperiment("a.yaml", folder);
    const says = loaded.faults.map(({ error }) => `${error}`);
    return { ...loaded, says };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Files `a`, `b1`, `b2`, … that each extend what `parents` says of the next. */
function family(
  generations: number,
  parents: (next: string) => string,
): Record<string, string> {
  const nameOf = (i: number) => i === 0 ? "a.yaml" : `b${i}.yaml`;
  return Object.fromEntries(
    Array.from({ length: generations }, (_, i) => [
      nameOf(i),
      i === generations - 1
        ? "seed: 1\nlast: true\n"
        : `extends: ${parents(nameOf(i + 1))}\nseed: ${i}\n`,
    ]),
  );
}

Deno.test("loadExperiment() reads a file that several extend once", () => {
  const files = family(40, (next) => `[${next}, ./${next}]`); // 2^40 ways
  const { root, files: read, says } = load(files);
  deepStrictEqual(says, []);
  deepStrictEqual(valueOf(root!), { last: true, seed: 0 });
  assertEquals(read.length, 40);
});

Deno.test("loadExperiment() tells a fault of a shared parent once", () => {
  const { says } = load({
    "a.yaml": "extends: [b.yaml, c.yaml]\n",
    "b.yaml": "extends: d.yaml\n",
    "c.yaml": "extends: d.yaml\n",
    "d.yaml": "seed: .nan\n",
  });
  assertEquals(says.length, 1);
  match(says[0]!, /at {3}d\.yaml:1:7 seed/);
});

Deno.test("loadExperiment() puts a shared parent where each child has it", () => {
  const { root } = load({
    "a.yaml": "extends: [b.yaml, d.yaml, c.yaml]\n",
    "b.yaml": "extends: d.yaml\nx: b\ny: b\n",
    "c.yaml": "extends: d.yaml\ny: c\n",
    "d.yaml": "x: d\ny: d\nz: d\n",
  });
  deepStrictEqual(valueOf(root!), { x: "d", y: "c", z: "d" });
});

Deno.test("loadExperiment() reads at most 100 files", () => {
  deepStrictEqual(load(family(100, (next) => next)).says, []);
  const { root, says } = load(family(101, (next) => next));
  assertEquals(root, null);
  deepStrictEqual(says, [
    "Cannot read b100.yaml: an experiment is read from at most 100 files\n" +
    "  at   b99.yaml:1:10 extends\n" +
    "  fix  Write what the parents say into fewer files",
  ]);
});

Deno.test("loadExperiment() reads at most 256 KiB in all", () => {
  const comment = (bytes: number) => "#".repeat(bytes - 1) + "\n";
  const most = 1 << 18, first = "extends: b.yaml\n";
  const files = (bytes: number) => ({
    "a.yaml": first + comment(1000 - first.length),
    "b.yaml": "seed: 1\n" + comment(bytes - 1000 - 8),
  });
  deepStrictEqual(load(files(most)).says, []);
  match(
    load(files(most + 1)).says[0]!,
    /^Cannot read b\.yaml: it has 261145 bytes, what was read before 1000, an experiment has at most 262144\n {2}at {3}a\.yaml:1:10/,
  );
});

Deno.test("loadExperiment() finds circles, through links too", () => {
  const { says } = load(
    { "a.yaml": "extends: b.yaml\n" },
    { "b.yaml": "a.yaml" },
  );
  match(says[0]!, /its parents form a circle, a\.yaml → a\.yaml\n/);
  const long = load({
    "a.yaml": "extends: [b.yaml, c.yaml]\n",
    "b.yaml": "extends: c.yaml\n",
    "c.yaml": "extends: b.yaml\n",
  });
  assertEquals(long.says.length, 1);
  match(
    long.says[0]!,
    /^Cannot read a\.yaml: .* form a circle, c\.yaml → b\.yaml → c\.yaml\n/,
  );
});

Deno.test("loadExperiment() says in three lines why a path cannot be read", () => {
  const cases = {
    "nope.yaml": /there is no such file/,
    "no/such.yaml": /there is no such file/,
    "b.yaml/c.yaml": /a part of the path is a file/,
    "..": /it is not a file/,
    ".": /it is not a file/,
    [`"${"n".repeat(300)}"`]: /the name is too long/,
    loop: /its links form a circle/,
    "loop/b.yaml": /its links form a circle/,
    dangling: /there is no such file/,
    '"b\\0"': /no path has such a character/,
    '"b\\u001b[1m"': /^Cannot read b\\u001b\[1m: there is no such file/,
    nul: /it is not a text/,
  };
  for (const [name, reason] of Object.entries(cases)) {
    const { root, says } = load({
      "a.yaml": `extends: ${name}\n`,
      "b.yaml": "seed: 1\n",
      nul: "a: \0\n",
    }, { loop: "loop", dangling: "nowhere" });
    assertEquals(root, null);
    assertEquals(says.length, 1);
    match(says[0]!, reason);
    match(
      says[0]!,
      /^Cannot read [^\n]*\n {2}at {3}a\.yaml:1:10 extends\n {2}fix [^\n]*$/,
    );
  }
});

Deno.test("loadExperiment() refuses what is no experiment, once", () => {
  const cases: Readonly<Record<string, RegExp>> = {
    "- 1\n": /^Cannot read a\.yaml: it should consist of keys and values\n/,
    "a: [\n": /the "\[" has no "\]"/,
    "extends: 3\n": /"extends" should name a file, or a list of them\n/,
    "extends: [[]]\n": /"extends" should name a file, or a list of them\n/,
    "extends: .nan\n": /\.nan is not a number/,
  };
  for (const [text, reason] of Object.entries(cases)) {
    const { says } = load({ "a.yaml": text });
    assertEquals(says.length, 1, text);
    match(says[0]!, reason);
  }
  const [large] = load({ "a.yaml": "#".repeat((1 << 18) + 1) }).says;
  match(large!, /it has 262145 bytes, an experiment has at most 262144\n/);
});

Deno.test("loadExperiment() says what a file that is not there may be called", () => {
  const saying = (name: string) =>
    load({ "a.yaml": `extends: ${name}\n`, "mix.yaml": "seed: 1\n" }).says[0]!
      .split("\n").at(-1);
  assertEquals(saying("mxi.yaml"), "  fix  Write mix.yaml");
  assertEquals(
    saying("other.yaml"),
    "  fix  Check the path; it starts in the folder you are in",
  );
});

Deno.test("loadExperiment() refuses bytes that are no text, and skips a byte order mark", () => {
  const folder = Deno.makeTempDirSync();
  const path = join(folder, "a.yaml");
  const loaded = (...bytes: readonly number[]) => {
    Deno.writeFileSync(path, Uint8Array.from(bytes));
    return loadExperiment("a.yaml", folder);
  };
  try {
    match(
      `${loaded(0x61, 0xff).faults[0]!.error}`,
      /it is not a text in UTF-8\n.*\n {2}fix {2}Save it as UTF-8/,
    );
    const { root } = loaded(0xef, 0xbb, 0xbf, 0x61, 0x3a, 0x20, 0x31);
    deepStrictEqual(valueOf(root!), { a: 1 });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("loadExperiment() calls parents as the child was called, or by their whole path", () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    Deno.writeTextFileSync(join(folder, "a.yaml"), "extends: b.yaml\n");
    Deno.writeTextFileSync(join(folder, "b.yaml"), "seed: 1\n");
    Deno.writeTextFileSync(
      join(folder, "c.yaml"),
      `extends: ${join(folder, "b.yaml")}\n`,
    );
    const paths = ["a.yaml", "b.yaml"].map((name) => join(folder, name));
    deepStrictEqual(loadExperiment("a.yaml", folder).files, [
      ...["a.yaml", "b.yaml"],
    ]);
    deepStrictEqual(loadExperiment(paths[0]!, "/").files, paths);
    deepStrictEqual(loadExperiment("c.yaml", folder).files, [
      ...["c.yaml", paths[1]],
    ]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
