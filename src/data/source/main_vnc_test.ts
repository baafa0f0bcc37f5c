import assert from "node:assert";
import { labelComponents, wholeBox } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { openShared, shareVolume } from "../volume/mod.ts";
import { sources } from "./mod.ts";

const data = Deno.env.get("CLEFT_DATA");

Deno.test({
  name: "cremi reads the VNC stack as its README describes it" +
    (data ? "" : " (ignored: CLEFT_DATA is not set)"),
  ignore: !data,
  async fn() {
    const cacheFolder = Deno.makeTempDirSync();
    try {
      await compareWithReadme(cacheFolder);
    } finally {
      Deno.removeSync(cacheFolder, { recursive: true });
    }
  },
});

async function compareWithReadme(cacheFolder: string): Promise<void> {
  const entry = sources.schema.parse({
    type: "cremi",
    file: "vnc/vnc_stack1.hdf",
  });
  using volume = await sources.create(entry)
    .open({ dataRoots: [data!], cacheFolder, where: "test" });
  assert.deepEqual(volume.shapeVox, [20, 1024, 704]);
  assert.deepEqual(volume.voxelNm, [50, 4.6, 4.6]);
  assertEquals(volume.inputs[0]!.bytes, 14200963);
  const shared = shareVolume(volume);
  assertEquals(shared.rawKind, "u8");
  const { image, target } = openShared(shared).read(wholeBox(volume.shapeVox));
  assertEquals(target.reduce((sum, value) => sum + value, 0), 81745);
  assertEquals(labelComponents(target, volume.shapeVox, 26).count, 33);
  // The file is part of the stack whose mean the README gives: 128.9 of 255.
  let sum = 0;
  for (const grey of image) sum += grey;
  assertAlmostEquals(255 * sum / image.length, 128.9, 0.5);
  const box = { startVox: [7, 500, 300], shapeVox: [4, 60, 50] } as const;
  assert.deepEqual(openShared(shared).read(box), volume.read(box));
}
