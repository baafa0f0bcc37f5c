import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { encode } from "fast-png";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder("data import turns pictures into a volume", async (folder) => {
  const png = (data: Uint8Array) =>
    encode({ width: 4, height: 4, data, channels: 1, depth: 8 });
  for (const z of [0, 1]) {
    const grey = Uint8Array.from({ length: 16 }, (_, i) => 10 * i + z);
    const mask = Uint8Array.from(grey, (_, i) => i < 4 ? 255 : 0);
    Deno.writeFileSync(join(folder, `raw${z}.png`), png(grey));
    Deno.writeFileSync(join(folder, `mask${z}.png`), png(mask));
  }
  const { code, out, err } = await say(
    folder,
    ...["data", "import", "--raw", "raw*.png", "--labels", "mask*.png"],
    ...["--resolution", "40,4,4", "--output", "v.hdf", "--json"],
  );
  assertEquals(code, 0, err);
  deepStrictEqual(JSON.parse(out), {
    path: join(folder, "v.hdf"),
    shapeVox: [2, 4, 4],
    bits: 8,
    clefts: 1,
    cleftVox: 8,
    warnings: [
      "25.0 % of the voxels are cleft, of real tissue it is about 1 %: is " +
      "the background brighter than the clefts?",
    ],
  });
});

testInFolder(
  "data import refuses a resolution that is none",
  async (folder) => {
    const { code, err } = await say(
      folder,
      ...["data", "import", "--raw", "raw*.png", "--output", "v.hdf"],
      ...["--resolution", "40,4"],
    );
    assertEquals(code, 2);
    match(err, /Cannot use "40,4" for --resolution/);
  },
);

testInFolder(
  "data import says what it made, and of how much is cleft",
  async (folder) => {
    const png = (data: Uint8Array) =>
      encode({ width: 4, height: 4, data, channels: 1, depth: 8 });
    const mask = new Uint8Array(16).fill(130, 0, 2);
    Deno.writeFileSync(join(folder, "raw0.png"), png(mask));
    Deno.writeFileSync(join(folder, "mask0.png"), png(mask));
    const words = [
      ...["data", "import", "--raw", "raw*.png", "--resolution", "40, 4,4.5"],
      ...["--output", "v.hdf"],
    ];
    const bare = await say(folder, ...words);
    assertEquals(bare.code, 0, bare.err);
    match(bare.out, /v\.hdf: 1 × 4 × 4 voxels, 8 bits\nNo labels$/);
    const labelled = [...words, "--labels", "mask*.png"];
    const { out, err } = await say(folder, ...labelled);
    match(out, /\n1 clefts of 2 voxels in all, 12\.5 % of the volume$/);
    match(err, /^Note: 12\.5 % of the voxels are cleft/m);
    const least = await say(folder, ...labelled, "--threshold", "0");
    match(least.out, /\n1 clefts of 2 voxels/);
    const most = await say(folder, ...labelled, "--threshold", "65536");
    match(most.err, /a number from 0 to 65535/);
    const none = await say(folder, ...labelled, "--threshold", "130");
    match(none.err, /brightest label pixel is 130, those above 130 count/);
  },
);

testInFolder(
  "data import takes three numbers above 0 for a resolution",
  async (folder) => {
    for (
      const text of [
        "40,4",
        "40,4,4,4",
        "40,0,4",
        "40,,4",
        "40,x,4",
        "40,4,Infinity",
      ]
    ) {
      const { code, err } = await say(
        folder,
        ...["data", "import", "--raw", "raw*.png", "--output", "v.hdf"],
        ...["--resolution", text],
      );
      assertEquals(code, 2, text);
      match(err, /for --resolution: it should be three numbers above 0/);
    }
  },
);
