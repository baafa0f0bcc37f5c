import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { openRng, sizeOf, type Zyx } from "@/core/mod.ts";
import { writeHdf5 } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { countsOf } from "./align_check.ts";
import { say, testInFolder } from "./_testing.ts";

const shapeVox: Zyx = [3, 24, 20];

testInFolder(
  "align check writes a page, counts what came back and leaves nothing else",
  async (folder) => {
    const rng = openRng(1).at("volume");
    await writeHdf5(join(folder, "a.hdf"), {
      "volumes/raw": {
        ...{ shapeVox, resolutionNm: [40, 4, 4] },
        data: Uint8Array.from(
          { length: sizeOf(shapeVox) },
          () => rng.integer(256),
        ),
      },
    });
    Deno.writeTextFileSync(join(folder, "t.txt"), "0 0\n1 -3\n2 2\n");
    const words = ["align", "check", "a.hdf", "--shifts", "t.txt"];
    const { code, out, err } = await say(
      folder,
      ...[...words, "--output", "pages/p.html", "--json"],
    );
    assertEquals(code, 0, err);
    deepStrictEqual(JSON.parse(out), {
      "volumes/raw": {
        voxels: sizeOf(shapeVox),
        differVox: 0,
        emptyVox: 0,
        otherVox: 0,
      },
    });
    match(
      Deno.readTextFileSync(join(folder, "pages", "p.html")),
      /Every voxel of the sections that are not torn came back as it was/,
    );
    deepStrictEqual(
      [...Deno.readDirSync(join(folder, "pages"))].map(({ name }) => name),
      ["p.html"],
    );
    Deno.writeTextFileSync(join(folder, "t.txt"), "0 0\n");
    const refused = await say(folder, ...[...words, "--output", "q.html"]);
    assertEquals(refused.code, 2);
    match(refused.err, /by a table of 1 lines\n/);
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
    deepStrictEqual(left.filter((name) => /^\.cleft|^q/.test(name)), []);
  },
);

Deno.test("countsOf() tells torn sections from those that have to come back", () => {
  const section = (isTorn: boolean, emptyVox: number, otherVox: number) => ({
    isTorn,
    emptyVox,
    otherVox,
  });
  const sections = [
    section(false, 1, 2),
    section(true, 10, 20),
    section(false, 3, 0),
    section(true, 5, 0),
  ];
  const volume = { name: "volumes/raw", sectionVox: 50, sections };
  deepStrictEqual(
    countsOf(
      { volumes: [volume] } as unknown as Parameters<typeof countsOf>[0],
    ),
    {
      "volumes/raw": { voxels: 200, differVox: 6, emptyVox: 15, otherVox: 20 },
    },
  );
});
