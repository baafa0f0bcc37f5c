import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { writeN5 } from "../n5/_testing.ts";
import { sources } from "./mod.ts";

Deno.test("n5 reads the only array there is, and labels that lie within it", () =>
  inTemporaryFolder(async (folder) => {
    const file = join(folder, "a.n5");
    const open = () =>
      sources.create(sources.schema.parse({ type: "n5", file }))
        .open({ dataRoots: [], cacheFolder: "", where: "data.train[0]" });
    writeN5(join(file, "em"), { attributes: { resolution: [4, 4, 40] } });
    {
      using volume = await open();
      deepStrictEqual([volume.name, volume.hasLabels], ["a", false]);
      const { image } = volume.read({
        startVox: [1, 1, 1],
        shapeVox: [1, 1, 2],
      });
      deepStrictEqual(image, Float32Array.of(58 / 65535, 59 / 65535));
    }
    writeN5(join(file, "volumes/raw"), {
      attributes: { resolution: [4, 4, 40] },
    });
    writeN5(join(file, "volumes/labels/clefts"), {
      shape: [1, 2, 2],
      attributes: { resolution: [4, 4, 40], offset: [4, 4, 40] },
    });
    using volume = await open();
    deepStrictEqual(volume.labelledBox?.(), {
      startVox: [1, 1, 1],
      shapeVox: [1, 2, 2],
    });
    const { target, mask } = volume.read({
      startVox: [1, 0, 1],
      shapeVox: [1, 2, 3],
    });
    deepStrictEqual([...target], [0, 0, 0, 0, 1, 0]);
    deepStrictEqual([...mask], [0, 0, 0, 1, 1, 0]);
  }));
