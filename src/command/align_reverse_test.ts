import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import type { Zyx } from "@/core/mod.ts";
import { writeHdf5 } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

const shapeVox: Zyx = [2, 6, 8];

testInFolder(
  "align reverse says what it brought back, as text and as JSON",
  async (folder) => {
    await writeHdf5(join(folder, "a.hdf"), {
      "volumes/raw": {
        shapeVox,
        resolutionNm: [40, 4, 4],
        data: Uint8Array.from({ length: 96 }, (_, i) => i),
      },
    });
    Deno.writeTextFileSync(join(folder, "t.txt"), "0,0\n1,-2\n");
    const forward = await say(
      folder,
      ...[
        "align",
        "forward",
        "a.hdf",
        "--shifts",
        "t.txt",
        "--output",
        "b.hdf",
      ],
    );
    assertEquals(forward.code, 0, forward.err);
    match(
      forward.out,
      /b\.hdf: 2 × 7 × 10 voxels, sections moved by up to 2\n/,
    );
    match(forward.out, /\nAligned: volumes\/raw$/);
    const words = ["align", "reverse", "b.hdf", "--output", "c.hdf"];
    const { code, out, err } = await say(folder, ...words);
    assertEquals(code, 0, err);
    deepStrictEqual(out.split("\n"), [
      join(folder, "c.hdf"),
      "volumes/raw: 2 × 6 × 8 voxels",
    ]);
    const json = await say(folder, ...words, "--json");
    match(json.out, /^\{\n {2}"/);
    deepStrictEqual(
      JSON.parse(json.out).volumes["volumes/raw"].shapeVox,
      shapeVox,
    );
  },
);
