import { deepStrictEqual } from "node:assert";
import { cropVolume, sources } from "@/data/mod.ts";
import type { Volume, Zyx } from "@/core/mod.ts";
import { overlapsOf } from "./overlaps.ts";

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
    shapeVox: [4, count, 16] as Zyx,
  }),
  name: "rows",
});

Deno.test("overlapsOf() names what splits share, each pair of them", async () => {
  using whole = await phantom(1);
  using other = await phantom(2);
  const share = (from: number, to: number, first: string, second: string) =>
    `data.${first} and data.${second} share the voxels ` +
    `z 0 to 4, y ${from} to ${to}, x 0 to 16 of "rows": scores on ` +
    `${second.replace(/\[.*/, "")} flatter`;
  deepStrictEqual(
    overlapsOf({
      train: [other, rows(whole, 0, 8)],
      validation: [rows(whole, 6, 6)],
      test: [rows(whole, 8, 8)],
    }),
    [
      share(6, 8, "train[1]", "validation[0]"),
      share(8, 12, "validation[0]", "test[0]"),
    ],
  );
});

Deno.test("overlapsOf() says nothing where splits only touch, or of one split", async () => {
  using whole = await phantom(1);
  deepStrictEqual(
    overlapsOf({
      train: [rows(whole, 0, 8), rows(whole, 4, 4)],
      validation: [rows(whole, 8, 8)],
      test: [],
    }),
    [],
  );
});
