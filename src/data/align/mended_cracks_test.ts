import {
  deepStrictEqual,
  doesNotMatch,
  match,
  notDeepStrictEqual,
  ok,
  rejects,
} from "node:assert/strict";
import type { AlignedVolume } from "@/align/mod.ts";
import { mapped, type Volume, wholeBox, type Zyx } from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { sources } from "../source/mod.ts";
import { testFolder } from "@test/folder.ts";
import { made, matrixOf, n, writeMasks, writeTorn } from "./_torn_testing.ts";
import { alignFile } from "./align_file.ts";
import type { Crack } from "./crack.ts";
import { mendedCracks } from "./mended_cracks.ts";
import { reverseFile } from "./reverse_file.ts";

const steps = [[0, 0], [2, -1], [-2, 1]] as const;

type Folder = ReturnType<typeof testFolder>;

function open(
  folder: Folder,
  cracks: string,
  badSections?: Record<string, unknown>,
): Promise<Volume> {
  const align = { shifts: "t.txt", cracks };
  const entry = {
    ...{ type: "cremi", file: "a.hdf", align },
    ...badSections && { badSections },
  };
  return sources.create(sources.schema.parse(entry)).open({
    dataRoots: [folder.path("")],
    cacheFolder: folder.path("cache"),
    where: "data.train[0]",
  });
}

async function prepared(): Promise<Folder> {
  const folder = testFolder();
  await writeTorn(folder.path("a.hdf"), { locations: [] });
  const text = steps.map((step) => step.join(" ")).join("\n");
  Deno.writeTextFileSync(folder.path("t.txt"), `${text}\n`);
  return folder;
}

Deno.test("mendedCracks() sees what the aligned file holds, and goes back as it does", async () => {
  using folder = await prepared();
  const masks = folder.path("m.hdf");
  await writeMasks(masks, { matrices: made.maps.map(matrixOf) });
  using ours = await open(folder, "m.hdf");
  await alignFile({
    path: folder.path("a.hdf"),
    output: folder.path("b.hdf"),
    shifts: { table: "t.txt", sha256: "00", steps },
    rounding: "away",
    context: { sections: 0, pixels: 0 },
    cacheFolder: folder.path("cache"),
    cracks: { by: "masks", path: masks, where: masks },
  });
  const entry = { type: "cremi", file: folder.path("b.hdf") };
  using files = await sources.create(sources.schema.parse(entry))
    .open({ dataRoots: [], cacheFolder: folder.path("cache"), where: "b" });
  const all = wholeBox(ours.shapeVox);
  const seen = ours.read(all);
  deepStrictEqual(seen, files.read(all));
  const box = { startVox: [0, 40, 30], shapeVox: [3, 200, 210] } as const;
  deepStrictEqual(ours.read(box), files.read(box));
  match(`${ours.notes}`, /Section 1 is torn and put together/);

  await reverseFile({
    path: folder.path("b.hdf"),
    output: folder.path("c.hdf"),
  });
  using back = await openHdf5(folder.path("c.hdf"));
  const labels = back.dataset("volumes/labels/clefts")
    .read({ startVox: [1, 0, 0], shapeVox: [1, n, n] });
  const [, height, width] = ours.shapeVox;
  const map = Float32Array.from(
    seen.target.subarray(height * width, 2 * height * width),
  );
  deepStrictEqual(
    Uint8Array.from(ours.wayBack!.section(1, map)!),
    Uint8Array.from(labels as BigUint64Array, (id) => id === 7n ? 1 : 0),
  );
  ok(map.includes(1));
});

Deno.test("mendedCracks() moves partners with their parts, and drops those in the crack", async () => {
  using folder = await prepared();
  await writeMasks(folder.path("m.hdf"), {
    matrices: made.maps.map(matrixOf),
  });
  using plain = await open(folder, "m.hdf");
  const { frame } = plain as AlignedVolume;
  const pair = (side: number) => {
    const at = made.sides.indexOf(side, made.sides.length >> 1);
    const place: Zyx = [1, Math.floor(at / n), at % n];
    return { preVox: place, postVox: place };
  };
  const whole: Volume = {
    ...plain,
    partners: () => [pair(1), pair(0), pair(2)],
  };
  const cracks: Crack[] = [{
    section: 1,
    shapeVox: [n, n],
    parts: made.sides,
    maps: made.maps,
    correlations: [null, null],
  }];
  const { partners } = mendedCracks(whole, {
    ...{ frame, cracks, torn: new Set([1]), notes: [], where: "test" },
  });
  const moved = [1, 2].map((side) => {
    const [z, y, x] = pair(side).preVox;
    const place = [z, ...mapped(made.maps[side - 1]!, [y, x])];
    return { preVox: place, postVox: place };
  });
  deepStrictEqual(partners!(), moved);
});

Deno.test("mendedCracks() reads masks as an input, and finds cracks once for equal data", async () => {
  using folder = await prepared();
  const masks = folder.path("m.hdf");
  const kept = () => [...Deno.readDirSync(folder.path("cache/cracks"))].length;
  await writeMasks(masks, { matrices: made.maps.map(matrixOf) });
  const read = async () => {
    using volume = await open(folder, "m.hdf");
    deepStrictEqual(volume.inputs.at(-1)!.path, masks);
    return volume.read(wholeBox(volume.shapeVox));
  };
  const first = await read();
  deepStrictEqual(await read(), first);
  deepStrictEqual(kept(), 1);
  await writeMasks(masks, { parts: made.sides.map((side) => side && 1) });
  const whole = await read();
  deepStrictEqual(kept(), 2);
  ok(whole.image.some((grey, i) => grey !== first.image[i]));
});

Deno.test("mendedCracks() fills no crack from a section that is bad", async () => {
  using folder = await prepared();
  await writeMasks(folder.path("m.hdf"), { matrices: made.maps.map(matrixOf) });
  const middle = async (badSections?: Record<string, unknown>) => {
    using volume = await open(folder, "m.hdf", badSections);
    const [, height, width] = volume.shapeVox;
    const box = { startVox: [1, 0, 0], shapeVox: [1, height, width] } as const;
    return { image: volume.read(box).image, notes: `${volume.notes}` };
  };
  const { image: between } = await middle(); // two sections that are alike
  await writeTorn(folder.path("a.hdf"), {
    locations: [],
    last: new Float32Array(n * n),
  });
  const { image, notes } = await middle({ detect: true });
  deepStrictEqual(image, between);
  match(notes, /Section 2 is missing/);
  match(notes, /Section 1 is torn and put together/);
  doesNotMatch(notes, /Section 1 is (unlike|of low)/);
  notDeepStrictEqual((await middle()).image, between);
  await rejects(middle({ sections: [0, 2] }), {
    message: "Cannot repair a volume in which every section is torn or bad",
  });
});

Deno.test("mendedCracks() refuses masks that are missing or cannot be undone", async () => {
  using folder = await prepared();
  await rejects(open(folder, "none.hdf"), /none\.hdf/);
  const [first, second] = made.maps.map(matrixOf) as [number[], number[]];
  const flat = second.map((value, i) => i < 6 ? 0 : value);
  await writeMasks(folder.path("m.hdf"), { matrices: [first, flat] });
  await rejects(open(folder, "m.hdf"), {
    message: "Cannot move a part by this matrix: it cannot be undone",
    where: "data.train[0].source.align.cracks matrices/1[1]",
  });
});
