import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { sizeOf, type Volume, wholeBox } from "@/core/mod.ts";
import { sources } from "../source/mod.ts";
import { cropVolume } from "../volume/crop.ts";
import { sharedRegion } from "../volume/shared_region.ts";
import { testFolder } from "@test/folder.ts";
import { labelled, rawVox, writeCremi } from "./_testing.ts";
import { alignFile } from "./align_file.ts";
import { readShiftFile } from "./read_shift_file.ts";

type Folder = ReturnType<typeof testFolder>;

const text = "0 0\n1.5 -2\n3 0.4\n-6.5 2.2\n0 9\n2 -1\n-1 1\n";

async function prepared(): Promise<Folder> {
  const folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  Deno.writeTextFileSync(folder.path("t.txt"), text);
  return folder;
}

function open(
  folder: Folder,
  options: Record<string, unknown> = {},
): Promise<Volume> {
  const entry = { type: "cremi", file: "a.hdf", ...options };
  return sources.create(sources.schema.parse(entry)).open({
    dataRoots: [folder.path("")],
    cacheFolder: folder.path("cache"),
    where: "x.yaml:9 data.train[0]",
  });
}

const align = { shifts: "t.txt" };
const context = { sections: 1, pixels: 3 };

Deno.test("arranged() sees what the aligned file holds, both of the same voxels", async () => {
  using folder = await prepared();
  const { table: _, ...read } = await readShiftFile(folder.path("t.txt"), {
    columns: "yx",
    where: "test",
  });
  await alignFile({
    path: folder.path("a.hdf"),
    output: folder.path("b.hdf"),
    shifts: { table: "t.txt", ...read },
    rounding: "away",
    context,
    cacheFolder: folder.path("cache"),
  });
  using ours = await open(folder, { align, context });
  using files = await open(folder, { file: "b.hdf" });
  deepStrictEqual(ours.shapeVox, files.shapeVox);
  deepStrictEqual(ours.offsetNm, files.offsetNm);
  const all = wholeBox(ours.shapeVox);
  deepStrictEqual(ours.read(all), files.read(all));
  using plain = await open(folder);
  for (const one of [ours, files]) {
    deepStrictEqual(sharedRegion(one, plain), {
      inFirst: labelled,
      inSecond: labelled,
      because: "data",
    });
  }
  const parts = { startVox: [2, 3, 5], shapeVox: [3, 9, 8] } as const;
  deepStrictEqual(ours.read(parts), files.read(parts));
});

Deno.test("arranged() names the table among its inputs", async () => {
  using folder = await prepared();
  using volume = await open(folder, { align });
  deepStrictEqual(
    volume.inputs.map(({ path }) => path),
    ["a.hdf", "t.txt"].map((name) => folder.path(name)),
  );
  ok(volume.inputs.every(({ sha256 }) => sha256.length === 64));
});

Deno.test("arranged() knows labels in the block alone", async () => {
  using folder = await prepared();
  const blockVox = { z: [2, 4], y: [12, 20], x: [9, 21] };
  using volume = await open(folder, { blockVox, context });
  const { mask } = volume.read(wholeBox(volume.shapeVox));
  deepStrictEqual(volume.shapeVox, [4, 8 + 6, 12 + 6]);
  deepStrictEqual(mask.reduce((sum, value) => sum + value, 0), 2 * 8 * 12);
});

Deno.test("arranged() has a way back to the block, and none if nothing is asked for", async () => {
  using folder = await prepared();
  using volume = await open(folder, { align, context });
  const { original, block, section } = volume.wayBack!;
  deepStrictEqual(block, labelled);
  const [, height, width] = volume.shapeVox;
  const { target } = volume.read(wholeBox(volume.shapeVox));
  const back: number[] = [];
  let none = 0;
  for (let z = 0; z < volume.shapeVox[0]; z++) {
    const from = z * height * width;
    const map = Float32Array.from(target.subarray(from, from + height * width));
    const plane = section(z, map);
    if (plane) back.push(...plane);
    else none++;
  }
  deepStrictEqual(none, 2 * context.sections);
  deepStrictEqual(back, [...original.read(block).target]);
  using plain = await open(folder);
  deepStrictEqual(plain.wayBack, undefined);
  deepStrictEqual(plain.shapeVox, rawVox);
});

Deno.test("arranged() tells of shared voxels whatever was moved, and of no context", async () => {
  using folder = await prepared();
  using plain = await open(folder);
  using aligned = await open(folder, { align, context });
  const shared = sharedRegion(aligned, plain)!;
  deepStrictEqual(shared, {
    inFirst: labelled,
    inSecond: labelled,
    because: "data",
  });
  const rows = (from: number, to: number) => ({
    startVox: [0, from, 0] as const,
    shapeVox: [7, to - from, aligned.shapeVox[2]] as const,
  });
  const upper = cropVolume(aligned, rows(0, 20));
  const lower = cropVolume(aligned, rows(20, aligned.shapeVox[1]));
  deepStrictEqual(sharedRegion(upper, lower), undefined);
  ok(sharedRegion(upper, cropVolume(aligned, rows(19, 25))));
  // Halves of the block see each other as context alone.
  const half = (x: readonly number[]) =>
    open(folder, { align, context, blockVox: { z: [1, 6], x } });
  using left = await half([8, 17]);
  using right = await half([17, 26]);
  deepStrictEqual(sharedRegion(left, right), undefined);
  ok(sharedRegion(left, plain));
});

Deno.test("arranged() finds shifts by itself, once for equal data", async () => {
  using folder = await prepared();
  const estimated = () => open(folder, { align: { estimate: true } });
  using first = await estimated();
  const caches = [...Deno.readDirSync(folder.path("cache/shifts"))];
  deepStrictEqual(caches.length, 1);
  using second = await estimated();
  deepStrictEqual(second.origin, first.origin);
  ok(sizeOf(first.shapeVox) > 0);
});

Deno.test("arranged() refuses what does not fit", async () => {
  using folder = await prepared();
  await rejects(open(folder, { context: { sections: 9, pixels: 0 } }), {
    message: "Cannot keep 9 sections around sections 1 to 6: the volume has 7",
  });
  await rejects(open(folder, { align: { shifts: "none.txt" } }), /none\.txt/);
  Deno.writeTextFileSync(folder.path("t.txt"), "0 0\n1 1\n");
  await rejects(open(folder, { align }), {
    message: "Cannot align sections 1 to 6 of 7 by a table of 2 lines",
    where: `x.yaml:9 data.train[0] (${folder.path("t.txt")})`,
  });
  for (const bad of [{}, { shifts: "t.txt", estimate: true }]) {
    const parsed = sources.schema.safeParse({
      type: "cremi",
      file: "a.hdf",
      align: bad,
    });
    deepStrictEqual(parsed.success, false);
  }
});
