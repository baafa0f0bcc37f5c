import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { encodeTiff } from "../import/_testing.ts";
import { sources } from "./mod.ts";

Deno.test("tiff reads a stack and its masks, below a data root", () =>
  inTemporaryFolder(async (folder) => {
    Deno.mkdirSync(join(folder, "raw"));
    const write = (name: string, pages: readonly Uint8Array[]) =>
      Deno.writeFileSync(join(folder, name), encodeTiff({ width: 2, pages }));
    write("raw/z1.tif", [Uint8Array.of(0, 51, 102, 255)]);
    write("raw/z2.tif", [Uint8Array.of(1, 2, 3, 4)]);
    write("masks.tif", [
      Uint8Array.of(0, 255, 0, 0),
      Uint8Array.of(0, 0, 0, 255),
    ]);
    const open = (options: Record<string, unknown>) =>
      sources.create(sources.schema.parse({
        type: "tiff",
        file: "raw/*.tif",
        resolutionNm: [40, 4, 4],
        ...options,
      })).open({
        dataRoots: [join(folder, "nothing"), folder],
        cacheFolder: "",
        where: "data.train[0]",
      });
    using volume = await open({ labels: "masks.tif" });
    deepStrictEqual(volume.voxelNm, [40, 4, 4]);
    const { image, target } = volume.read({
      startVox: [0, 0, 0],
      shapeVox: [2, 2, 2],
    });
    deepStrictEqual([...image.subarray(0, 4)], [
      0,
      ...[0.2, 0.4, 1].map(Math.fround),
    ]);
    deepStrictEqual([...target], [0, 1, 0, 0, 0, 0, 0, 1]);
    await rejects(
      open({ file: "row/*.tif" }),
      /Cannot find the data file "row"/,
    );
  }));
