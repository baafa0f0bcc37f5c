import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { type Box, sizeOf, wholeBox, type Zyx } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { openN5 } from "./container.ts";
import { createN5 } from "./write.ts";

const shapeVox: Zyx = [18, 130, 3];

Deno.test("createN5() writes blocks that are read back, with their place", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "x.n5");
    const numbers = Float32Array.from(
      { length: sizeOf(shapeVox) },
      (_, i) => i,
    );
    {
      using file = createN5(path);
      const append = file.dataset("volumes/prediction", {
        ...{ shapeVox, resolutionNm: [40, 4, 5], offsetNm: [80, 0, 10] },
        attributes: { run: "r" },
      });
      append(numbers.subarray(0, 390));
      append(numbers.subarray(390));
      file.commit();
    }
    const meta = JSON.parse(
      Deno.readTextFileSync(join(path, "volumes/prediction/attributes.json")),
    );
    deepStrictEqual(meta.dimensions, [3, 130, 18]);
    deepStrictEqual(meta.blockSize, [3, 128, 16]);
    deepStrictEqual(meta.resolution, [5, 4, 40]);
    // The head of the block at the far corner: mode, axes, its extent x y z.
    const head = Deno.readFileSync(join(path, "volumes/prediction/0/1/1"));
    deepStrictEqual(
      [...head.subarray(0, 16)],
      [0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2],
    );
    using file = openN5(path);
    const array = file.dataset("volumes/prediction");
    deepStrictEqual([array.resolutionNm, array.offsetNm, array.notes], [
      [40, 4, 5],
      [80, 0, 10],
      [],
    ]);
    deepStrictEqual(array.attribute("run"), "r");
    deepStrictEqual(array.read(wholeBox(shapeVox)), numbers);
    const box: Box = { startVox: [15, 127, 2], shapeVox: [2, 2, 1] };
    deepStrictEqual([...array.read(box)], [6233, 6236, 6623, 6626]);
  }));
