import { deepStrictEqual, match, ok } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

/** A volume of one synapse; takes 30 ms to make. */
const phantom = (seed: number) =>
  `{ type: phantom, seed: ${seed}, shapeVox: [8, 48, 48], voxelNm: [50, 10, 10] }`;

const experiment = `name: tiny
data:
  train: [{ source: ${phantom(3)} }]
  validation: [{ source: ${phantom(6)}, regionVox: { z: [0, 6] } }]
sampler: { type: uniform, patchVox: [4, 16, 16] }
model: { type: resUnet, filters: [2, 3] }
loss: { terms: [{ type: bce }] }
train: { volumeTotal: 24, volumeSave: 6, validateEvery: 12, batch: 2 }
`;

/** Plans an experiment that ends with some more lines. */
async function plan(folder: string, more: string, ...words: string[]) {
  Deno.writeTextFileSync(join(folder, "x.yaml"), experiment + more);
  return await say(folder, "plan", "x.yaml", ...words);
}

testInFolder("plan shows what an experiment comes to", async (folder) => {
  const { code, out, err } = await plan(folder, "", "--seed", "5");
  assertEquals(code, 0, err);
  match(out, /^experiment +tiny$/m);
  match(out, /^seed +5$/m);
  match(
    out,
    /^steps +12, a checkpoint every 3, a validation every 6$/m,
  );
  match(out, /^receptive field +\d+ × \d+ × \d+ voxels, \d+ × \d+ × \d+ nm$/m);
  match(
    out,
    /^split +volume +voxels z y x +nm a voxel +clefts +labelled voxels/m,
  );
  match(out, /^validation +\S.* 6 × 48 × 48 +50 × 10 × 10 +1 +13,824 /m);
  match(out, /^stop +\[N, D, H, W, C\] +parameters +multiply-adds +sees$/m);
  match(out, /^ +patchVox: \[ 4, 16, 16 \]$/m); // lists on one line
  const json = JSON.parse((await plan(folder, "", "--json")).out);
  deepStrictEqual([json.spec.name, json.steps.total], ["tiny", 12]);
});

testInFolder(
  "plan does without data that is not at hand, and says so",
  async (folder) => {
    const set = "data.train[0].source={ type: cremi, file: none.hdf }";
    const { code, out, err } = await plan(folder, "", "--set", set);
    assertEquals(code, 0, err);
    match(
      err,
      /^Planned without the volumes, which a run could not open:\nCannot/m,
    );
    match(out, /^receptive field +\d+ × \d+ × \d+ voxels$/m);
    ok(!out.includes("voxels z y x"));
  },
);

testInFolder(
  "plan refuses what a run would refuse, of a matrix too",
  async (folder) => {
    const file = join(folder, "text.hdf");
    Deno.writeTextFileSync(file, "no volume");
    const faults = {
      "data.train[0].name=EM/../B": /Cannot record a volume/,
      "sampler.patchVox=[16, 16, 16]": /Cannot sample patches of 16 voxels/,
      [`data.train[0].source={ type: cremi, file: ${file} }`]: /text\.hdf/,
    };
    for (const [set, says] of Object.entries(faults)) {
      for (const text of ["", matrix]) {
        const { code, out, err } = await plan(folder, text, "--set", set);
        deepStrictEqual([code, out], [2, ""], err);
        match(err, says);
      }
    }
  },
);

const matrix = `matrix:
  loss:
    bce: {}
    dice: { loss.terms: [{ type: dice }] }
`;

testInFolder(
  "plan lists a matrix, and shows one variant whole",
  async (folder) => {
    const all = await plan(folder, matrix);
    assertEquals(all.code, 0, all.err);
    match(all.out, /^loss +parameters .*\nbce .*\ndice .*\n\ntiny: 2 variants/);
    const one = await plan(folder, matrix, "--only", "loss=dice");
    match(one.out, /^experiment +tiny$/m);
    match(one.out, /type: dice/);
    const json = JSON.parse((await plan(folder, matrix, "--json")).out);
    assertEquals(json.variants.length, 2);
  },
);

testInFolder("plan draws the network of one experiment", async (folder) => {
  const { out, err } = await plan(folder, "", "--draw", "n.svg");
  match(out, /^experiment/, err);
  match(Deno.readTextFileSync(join(folder, "n.svg")), /^<svg /);
  const several = await plan(folder, matrix, "--draw", "m.svg");
  assertEquals(several.code, 2);
  match(
    several.err,
    /its variants may have several\n.*--draw m\.svg\n.*--only/,
  );
  const one = await plan(
    folder,
    matrix,
    "--draw",
    "m.svg",
    "--only",
    "loss=bce",
  );
  assertEquals(one.code, 0, one.err);
});

testInFolder("plan refuses to write over what it reads", async (folder) => {
  Deno.writeTextFileSync(join(folder, "p.svg"), "name: x");
  const { code, err } = await plan(
    folder,
    "extends: p.svg\n",
    ...["--draw", "p.svg", "--force"],
  );
  assertEquals(code, 2);
  match(err, /it is read/);
});
