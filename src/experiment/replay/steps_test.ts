import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { augmentations, openChain } from "@/data/mod.ts";
import {
  type Application,
  checkParameters,
  readApplications,
} from "./steps.ts";

/** Reads applications from a file of some content. */
function read(content: unknown): readonly Application[] {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-steps-" });
  const path = join(folder, "a.json");
  try {
    const text = typeof content === "string"
      ? content
      : JSON.stringify(content);
    Deno.writeTextFileSync(path, text);
    return readApplications(path);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** What is said of a file that cannot be used, its path left out. */
function refusal(content: unknown): string {
  let said = "";
  throws(() => read(content), (error) => {
    const isOurs = error instanceof ExperimentError ||
      error instanceof ExperimentFaults;
    said = `${error}`.replaceAll(/[^\s"]*a\.json/g, "a.json");
    return isOurs;
  });
  return said;
}

const flip = { augmentation: { type: "simple" }, parameters: { turns: 1 } };

Deno.test("readApplications() reads a list, or the file of a replayed sample", () => {
  const [one] = read([flip]);
  deepStrictEqual(one!.parameters, flip.parameters);
  deepStrictEqual(one!.augmentation.type, "simple");
  deepStrictEqual(Object.keys(one!.augmentation).includes("p"), true);
  deepStrictEqual(read({ run: "a", augmentations: [flip] }), [one]);
});

Deno.test("readApplications() refuses what is no list of what to do", () => {
  const shape = /^Cannot use "a\.json": it should list what to do, each an/;
  for (
    const content of [
      ...[3, null, "null", [], {}, { augmentations: [] }, [3], [null], [[]]],
      ...[[{}], [{ augmentation: "simple" }], [flip, { augmentation: null }]],
      ...[[{ augmentation: [] }]],
    ]
  ) {
    deepStrictEqual(
      shape.test(refusal(content)),
      true,
      JSON.stringify(content),
    );
  }
  const json = /^Cannot read "a\.json": it is not JSON \(.+\)\n {2}at {3}--aug/;
  deepStrictEqual(json.test(refusal("{")), true);
});

Deno.test("readApplications() names what does not exist", () => {
  deepStrictEqual(
    refusal([{ augmentation: { type: "simpel" } }]),
    'Cannot use "simpel" for [0].augmentation.type: there is no such type\n' +
      "  at   a.json [0].augmentation.type\n" +
      '  fix  Write "simple"',
  );
});

Deno.test("readApplications() says why a file cannot be read", () => {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-steps-" });
  const said = (path: string) => {
    try {
      readApplications(path);
    } catch (error) {
      if (error instanceof ExperimentError) return error.message;
      throw error;
    }
    return "";
  };
  try {
    const path = join(folder, "none.json");
    deepStrictEqual(
      said(path),
      `Cannot read "${path}": there is no such file or folder`,
    );
    deepStrictEqual(said(folder), `Cannot read "${folder}": it is not a file`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("checkParameters() says what is wrong with which number", () => {
  const list = read([{ augmentation: { type: "elastic" } }]);
  const chain = openChain(
    list.map(({ augmentation }) => augmentation),
    augmentations.create,
  );
  const check = (parameters: unknown) =>
    checkParameters(
      chain,
      list.map((one) => ({ ...one, parameters })),
      { shapeVox: [2, 8, 8], path: "a.json" },
    );
  deepStrictEqual(check(null), [{ type: "elastic", parameters: null }]);
  const said = (parameters: unknown): string => {
    try {
      check(parameters);
    } catch (error) {
      if (error instanceof ExperimentFaults) return `${error}`;
      throw error;
    }
    return "";
  };
  const fix =
    "  at   a.json [0]\n  fix  Write parameters as in the JSON file " +
    "of a replayed sample, for 2 × 8 × 8 voxels";
  const cases = [
    [undefined, '[0].parameters for "elastic": it is missing'],
    [3, '[0].parameters for "elastic": expected object, received number'],
  ] as const;
  for (const [parameters, says] of cases) {
    deepStrictEqual(
      said(parameters).split("\n\n")[0],
      `Cannot use ${says}\n${fix}`,
    );
  }
  deepStrictEqual(
    /it has an unknown key "turnz"/.test(said({ turnz: 1 })),
    true,
  );
});
