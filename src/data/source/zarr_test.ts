import { deepStrictEqual, match, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { type Box, ExperimentError, wholeBox } from "@/core/mod.ts";
import { voxelAt, withHierarchy } from "../zarr/_testing.ts";
import { sources } from "./mod.ts";

function open(options: Record<string, unknown>) {
  const source = sources.create(
    sources.schema.parse({ type: "zarr", ...options }),
  );
  return source.open({
    dataRoots: [],
    cacheFolder: "",
    where: "data.train[0]",
  });
}

Deno.test("zarr reads grey values and labels by their paths", () =>
  withHierarchy("second", async (file) => {
    using volume = await open({ file, raw: "raw", labels: "labels" });
    deepStrictEqual(volume.name, "x");
    deepStrictEqual(volume.shapeVox, [3, 6, 5]);
    deepStrictEqual(volume.voxelNm, [40, 4, 4]);
    deepStrictEqual(volume.offsetNm, [80, 8, 4]);
    deepStrictEqual(
      volume.inputs.map(({ path }) => path),
      [join(file, "raw"), join(file, "labels")],
    );
    const { image, target, mask } = volume.read(wholeBox(volume.shapeVox));
    deepStrictEqual(image[33], Math.fround(voxelAt([1, 0, 3]) / 255));
    deepStrictEqual([target[0], target[1], mask[0]], [0, 1, 1]);
    const stranger = join(file, "raw", "9.9.9");
    Deno.writeTextFileSync(stranger, "later");
    await rejects(
      async () => await volume.read(wholeBox(volume.shapeVox)),
      /raw": it changed while it was read/,
    );
    Deno.removeSync(stranger);
    const corner: Box = { startVox: [0, 0, 0], shapeVox: [2, 3, 4] };
    const last = join(file, "raw", "1.1.1"), isChanged = /raw": it changed whi/;
    Deno.utimeSync(last, new Date(0), new Date(0));
    volume.read(corner); // from other files
    throws(() => volume.read(wholeBox(volume.shapeVox)), isChanged);
    Deno.removeSync(join(file, "raw", "0.0.0"));
    throws(() => volume.read(corner), isChanged);
  }));

Deno.test("zarr finds a pyramid by itself, and says what there is instead", () =>
  withHierarchy("ome05", async (file) => {
    using volume = await open({ file: join(file, "em") });
    deepStrictEqual(volume.shapeVox, [3, 6, 5]);
    deepStrictEqual(volume.hasLabels, false);
    deepStrictEqual(volume.notes, [
      `The resolution of "s0" is that of its attribute "multiscales"`,
    ]);
    await rejects(open({ file }), (error) => {
      if (!(error instanceof ExperimentError)) return false;
      match(
        error.message,
        /^Cannot read "\/" of .*: it has "em\/s0", "em\/s1"$/,
      );
      return true;
    });
  }));
