import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { openRng, sizeOf, wholeBox, type Zyx } from "@/core/mod.ts";
import { openHdf5, writeHdf5 } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

const shapeVox: Zyx = [3, 24, 20];

async function writeVolume(path: string): Promise<void> {
  const rng = openRng(1).at("volume");
  const place = { shapeVox, resolutionNm: [40, 4, 4] as Zyx };
  await writeHdf5(path, {
    "volumes/raw": {
      ...place,
      data: Uint8Array.from(
        { length: sizeOf(shapeVox) },
        () => rng.integer(256),
      ),
    },
    "volumes/labels/clefts": {
      ...place,
      data: BigUint64Array.from(
        { length: sizeOf(shapeVox) },
        () => BigInt(rng.integer(3)),
      ),
    },
  });
}

/** Reverses a file and compares all of it with the first. */
async function comesBack(
  folder: string,
  ...file: readonly string[]
): Promise<void> {
  const { code, err } = await say(
    folder,
    ...["align", "reverse", ...file, "--output", "back.hdf"],
  );
  assertEquals(code, 0, err);
  using before = await openHdf5(join(folder, "a.hdf"));
  using after = await openHdf5(join(folder, "back.hdf"));
  for (const name of before.names) {
    deepStrictEqual(
      after.dataset(name).read(wholeBox(shapeVox)),
      before.dataset(name).read(wholeBox(shapeVox)),
    );
  }
}

testInFolder(
  "align forward writes what align reverse undoes",
  async (folder) => {
    const at = (name: string) => join(folder, name);
    await writeVolume(at("a.hdf"));
    Deno.writeTextFileSync(at("t.txt"), "0,0\n1.5,-3\n2,2\n");
    const forward = await say(
      folder,
      ...["align", "forward", "a.hdf", "--shifts", "t.txt", "--columns", "xy"],
      ...["--output", "b.hdf", "--record", "way.hdf", "--json"],
    );
    assertEquals(forward.code, 0, forward.err);
    deepStrictEqual(JSON.parse(forward.out), {
      path: at("b.hdf"),
      // Read 3 voxels before to 0 behind along y, 2 before and behind along x.
      shapeVox: [3, 24 + 3, 20 + 2 + 2],
      farthestVox: 3,
      volumes: ["volumes/labels/clefts", "volumes/raw"],
      points: 0,
      repaired: [],
      notes: [],
    });
    await comesBack(folder, "b.hdf");
    await comesBack(folder, "b.hdf", "--by", "way.hdf");
    const estimated = await say(
      folder,
      ...["align", "forward", "a.hdf", "--estimate", "--output", "e.hdf"],
    );
    assertEquals(estimated.code, 0, estimated.err);
    await comesBack(folder, "e.hdf");
  },
);

testInFolder(
  "align forward refuses tables that are none, and writes nothing",
  async (folder) => {
    await writeVolume(join(folder, "a.hdf"));
    const cases: readonly (readonly [string, RegExp])[] = [
      ["0,0\n1,NaN\n0,0\n", /Cannot read the shifts of a section in "1,NaN"\n/],
      [
        "0,0\n1,1\n",
        /Cannot align sections 0 to 3 of 3 by a table of 2 lines\n/,
      ],
      ["", /Cannot align by a table without a line\n/],
    ];
    for (const [text, message] of cases) {
      Deno.writeTextFileSync(join(folder, "t.txt"), text);
      const { code, err } = await say(
        folder,
        ...["align", "forward", "a.hdf", "--shifts", "t.txt"],
        ...["--output", "b.hdf"],
      );
      assertEquals(code, 2);
      match(err, message);
    }
    for (
      const [words, message] of [
        [[], /Cannot align without shifts\n/],
        [["--shifts", "t.txt", "--estimate"], /Cannot both estimate/],
        [["--estimate", "--columns", "xy"], /Cannot use --columns beside/],
        [["--estimate", "--context", "1"], /Cannot use "1" for --context/],
      ] as const
    ) {
      const { code, err } = await say(
        folder,
        ...["align", "forward", "a.hdf", "--output", "b.hdf", ...words],
      );
      assertEquals(code, 2);
      match(err, message);
    }
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    deepStrictEqual(names.filter((name) => /hdf/.test(name)), ["a.hdf"]);
  },
);

testInFolder(
  "align reverse refuses a file that was not aligned",
  async (folder) => {
    await writeVolume(join(folder, "a.hdf"));
    const { code, err } = await say(
      folder,
      ...["align", "reverse", "a.hdf", "--output", "b.hdf"],
    );
    assertEquals(code, 2);
    match(
      err,
      /Cannot tell how ".*a\.hdf" was aligned: it has no "alignment\/record"\n/,
    );
  },
);
