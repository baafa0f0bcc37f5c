import { deepStrictEqual, match, throws } from "node:assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertEquals } from "@test/helpers.ts";
import { planFile } from "../matrix/mod.ts";
import { planExperiment } from "../plan/mod.ts";
import { checkSpec, parseExperiment } from "./mod.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));

/** Calls `body` with a folder that has some files. */
function withFiles(
  files: Readonly<Record<string, string>>,
  body: (folder: string) => void,
): void {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, text] of Object.entries(files)) {
      Deno.writeTextFileSync(join(folder, name), text);
    }
    body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Every experiment file below a folder; parts of others begin with _. */
function yamlFiles(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory
      ? yamlFiles(join(folder, name))
      : /^[^_].*\.ya?ml$/.test(name)
      ? [join(folder, name)]
      : []
  ).sort();
}

const guide = Deno.readTextFileSync(join(project, "docs/experiments.md"));
const [example] = [...guide.matchAll(/```yaml\n(.*?)```/gs)]
  .map(([, text]) => text!).filter((text) => text.includes("model:"));

Deno.test("parseExperiment() calls an experiment as its file and takes a seed", () => {
  withFiles({ "first_try.yaml": example! }, (folder) => {
    const spec = parseExperiment("first_try.yaml", { folder, seed: 9 });
    assertEquals(spec.name, "first_try");
    assertEquals(spec.seed, 9);
    deepStrictEqual(spec.optimizer.type, "adam");
  });
});

Deno.test("parseExperiment() shows a value as the user gave it", () => {
  withFiles({ "x.yaml": example! }, (folder) => {
    const where = (shown: Map<string, string>) => {
      let said = "";
      const overrides = ["train.batch=many"];
      throws(
        () => parseExperiment("x.yaml", { folder, overrides, shown, seed: 2 }),
        (error) => {
          said = `${error}`;
          return true;
        },
      );
      return said.split("\n")[1];
    };
    assertEquals(
      where(new Map([["train.batch=many", "--batch many"]])),
      "  at   --batch many train.batch",
    );
    assertEquals(where(new Map()), "  at   --set train.batch=many train.batch");
  });
});

Deno.test("parseExperiment() plans the guide's smallest example", () => {
  withFiles({ "x.yaml": example! }, (folder) => {
    planExperiment(parseExperiment("x.yaml", { folder }));
  });
});

for (const path of yamlFiles(join(project, "experiments"))) {
  const name = path.slice(project.length);
  Deno.test(`${name} can be planned and names its schema`, () => {
    planFile(path);
    const [first] = Deno.readTextFileSync(path).split("\n");
    const schema = /^# yaml-language-server: \$schema=(.*)$/.exec(first!)?.[1];
    assertEquals(
      join(path, "..", schema ?? ""),
      join(project, "docs/reference/experiment.schema.json"),
    );
  });
}

Deno.test("parseExperiment() refuses a file with a matrix", () => {
  const text = `${example}matrix: { seed: [1, 2] }\n`;
  withFiles({ "x.yaml": text }, (folder) => {
    throws(
      () => parseExperiment("x.yaml", { folder }),
      /^Cannot take the file as one experiment/,
    );
  });
});

Deno.test("checkSpec() takes what parseExperiment() gives, unchanged", () => {
  withFiles({ "x.yaml": example! }, (folder) => {
    const spec = parseExperiment("x.yaml", { folder });
    deepStrictEqual(checkSpec(JSON.parse(JSON.stringify(spec)), "x"), spec);
  });
});

Deno.test("checkSpec() tells where a record does not fit", () => {
  throws(
    () => checkSpec({ name: "x", train: { batch: "two" } }, "run x"),
    (error) => {
      assertEquals(
        `${error}`.includes(
          'Cannot use "two" for train.batch: it is a text, it should be a ' +
            "whole number of at least 1\n  at   run x train.batch\n" +
            "  fix  Use the version of Cleft that recorded it",
        ),
        true,
        `${error}`,
      );
      return true;
    },
  );
});

Deno.test("parseExperiment() says what is wrong with a metric", () => {
  const faultOf = (metrics: string) => {
    let text = "";
    const file = `${example}evaluate: { metrics: ${metrics} }\n`;
    withFiles({ "x.yaml": file }, (folder) => {
      try {
        parseExperiment("x.yaml", { folder });
      } catch (error) {
        text = `${error}`;
      }
    });
    return text;
  };
  const cases = [
    [
      "[dize]",
      /^Cannot use "dize" for evaluate\.metrics\[0\]: .*\n.*\n {2}fix {2}Write "dice"$/,
    ],
    [
      "[{ type: dize }]",
      /^Cannot use "dize" for evaluate\.metrics\[0\]\.type: there is no such type\n.*\n {2}fix {2}Write "dice"$/,
    ],
    [
      "[dice, { type: objects, minOverlap: 2 }]",
      /^Cannot use the key "minOverlap" in evaluate\.metrics\[1\]: type "objects" has no such key\n.*\n {2}fix {2}Write "minOverlapVox"$/,
    ],
    [
      "[{ type: objects, minOverlapVox: 0 }]",
      /^Cannot use 0 for evaluate\.metrics\[0\]\.minOverlapVox: it should be a whole number of at least 1/,
    ],
    [
      "[dice, { type: dice }]",
      /^Cannot use a mapping for evaluate\.metrics\[1\]: the metric is listed before\n.*\n {2}fix {2}Remove one of the two$/,
    ],
  ] as const;
  for (const [metrics, text] of cases) match(faultOf(metrics), text);
});
