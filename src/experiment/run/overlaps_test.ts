import { deepStrictEqual } from "node:assert";
import type { Volume } from "@/core/mod.ts";
import { cropVolume, sources } from "@/data/mod.ts";
import { makeVolume } from "@/data/volume/_testing.ts";
import type { Spec } from "../spec/mod.ts";
import { regionOf } from "./_testing.ts";
import { judgeOverlaps } from "./overlaps.ts";

const data = {} as Spec["data"];

async function phantom(seed: number): Promise<Volume> {
  return await sources.create(sources.schema.parse({
    type: "phantom",
    seed,
    shapeVox: [4, 16, 16],
  })).open({ dataRoots: [], cacheFolder: "/nowhere", where: "test" });
}

const rows = (volume: Volume, from: number, count: number): Volume => ({
  ...cropVolume(volume, {
    startVox: [0, from, 0],
    shapeVox: [4, count, 16],
  }),
  name: "rows",
});

Deno.test("judgeOverlaps() refuses what splits share, each pair of them", async () => {
  using whole = await phantom(1);
  using other = await phantom(2);
  const regions = [
    regionOf("train[0]", other),
    regionOf("train[1]", rows(whole, 0, 8)),
    regionOf("validation[0]", rows(whole, 6, 6)),
    regionOf("test[0]", rows(whole, 8, 8)),
  ];
  const refused = judgeOverlaps(regions, { data });
  deepStrictEqual(refused.findings, []);
  const fault = (doing: string, [one, other]: string[], box: string) =>
    `Cannot ${doing}: data.${one} and data.${other} share the voxels ${box}\n` +
    `  at   data.${one} "rows" and data.${other} "rows"\n` +
    "  fix  Cut them apart by regionVox; data.allowOverlap: true lets them " +
    "share, which the report says in red";
  deepStrictEqual(refused.faults.map((one) => `${one}`), [
    fault(
      "validate on what training sees",
      ["train[1]", "validation[0]"],
      "z 0 to 4, y 6 to 8, x 0 to 16",
    ),
    fault(
      "test on what weights and threshold are chosen by",
      ["validation[0]", "test[0]"],
      "z 0 to 4, y 8 to 12, x 0 to 16",
    ),
  ]);
  const findings = ["y 6 to 8", "y 8 to 12"].map((y, i) => ({
    level: "problem",
    text: `data.${["train[1]", "validation[0]"][i]} and data.${
      ["validation[0]", "test[0]"][i]
    } share the voxels z 0 to 4, ${y}, x 0 to 16 of "rows": scores on ${
      ["validation", "test"][i]
    } flatter`,
  }));
  for (const allowed of [{ allowOverlap: true }, { allowOverlap: false }]) {
    const isOnRecord = !allowed.allowOverlap;
    deepStrictEqual(
      judgeOverlaps(regions, { data: { ...data, ...allowed }, isOnRecord }),
      { findings, faults: [] },
    );
  }
});

Deno.test("judgeOverlaps() says where the voxels lie in each of two files", () => {
  const fileOf = (name: string, z: number) =>
    makeVolume({
      name,
      shapeVox: [4, 8, 8],
      voxelNm: [40, 4, 4],
      offsetNm: [40 * z, 0, 0],
      voxel: () => ({ image: z / 10 }),
      inputs: [{ path: `/data/${name}.hdf`, bytes: 1, sha256: name }],
      origin: { data: name, startVox: [0, 0, 0], hasOffset: true },
    });
  const { faults } = judgeOverlaps([
    regionOf("train[0]", fileOf("a", 0)),
    regionOf("test[0]", fileOf("b", 3)),
  ], { data });
  deepStrictEqual(faults.map(({ message, where }) => [message, where]), [[
    "Cannot test on what training sees: data.train[0] and data.test[0] share " +
    "the voxels z 3 to 4, y 0 to 8, x 0 to 8, as their offsets say",
    'data.train[0] "a" (/data/a.hdf) and data.test[0] "b" (/data/b.hdf), ' +
    "there z 0 to 1, y 0 to 8, x 0 to 8",
  ]]);
});

Deno.test("judgeOverlaps() says nothing where splits only touch, or of one split", async () => {
  using whole = await phantom(1);
  const regions = [
    regionOf("train[0]", rows(whole, 0, 8)),
    regionOf("train[1]", rows(whole, 4, 4)),
    regionOf("validation[0]", rows(whole, 8, 8)),
  ];
  deepStrictEqual(judgeOverlaps(regions, { data }), {
    findings: [],
    faults: [],
  });
});
