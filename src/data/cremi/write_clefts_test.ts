import { deepStrictEqual } from "node:assert";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { checkCremi } from "./check/check_cremi.ts";
import { writeClefts } from "./write_clefts.ts";

Deno.test("writeClefts() writes a sound submission, section by section", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "clefts.hdf");
    const section = new Int32Array(4);
    await writeClefts(path, {
      grid: { shapeVox: [2, 2, 2], voxelNm: [40, 4, 4], offsetNm: [0, 8, 8] },
      sections: (function* () {
        section.set([1, 0, 0, 0]);
        yield section;
        section.set([1, 0, 0, 2]);
        yield section;
      })(),
      attributes: { run: "a" },
    });
    {
      using file = await openHdf5(path);
      const clefts = file.dataset("volumes/labels/clefts");
      const none = 2n ** 64n - 1n;
      deepStrictEqual(
        [...clefts.read({ startVox: [0, 0, 0], shapeVox: [2, 2, 2] })],
        [1n, none, none, none, 1n, none, none, 2n],
      );
      deepStrictEqual([clefts.attribute("run"), clefts.offsetNm], [
        "a",
        [0, 8, 8],
      ]);
    }
    deepStrictEqual((await checkCremi({ path, where: path })).faults, []);
  });
});
