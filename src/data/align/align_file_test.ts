import { deepStrictEqual, match, rejects } from "node:assert/strict";
import type { Yx } from "@/align/mod.ts";
import { wholeBox, type Zyx } from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { testFolder } from "@test/folder.ts";
import {
  contentOf,
  labelled,
  locations,
  rawVox,
  writeCremi,
} from "./_testing.ts";
import { alignFile, type AlignRequest } from "./align_file.ts";
import { reverseFile } from "./reverse_file.ts";

const steps: readonly Yx[] = [
  [0, 0],
  [1.5, -2],
  [3, 0.4],
  [-6.5, 2.2],
  [0, 9],
  [2, -1],
  [-1, 1],
];

function align(
  folder: { path(name: string): string },
  changes: Partial<AlignRequest> = {},
) {
  return alignFile({
    path: folder.path("a.hdf"),
    output: folder.path("aligned.hdf"),
    shifts: { table: "t.txt", sha256: "00", steps },
    rounding: "away",
    context: { sections: 0, pixels: 0 },
    cacheFolder: folder.path("cache"),
    ...changes,
  });
}

Deno.test("alignFile() moves grey values, labels, masks and points, reverseFile() brings all back", async () => {
  using folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  const context = { sections: 1, pixels: 3 };
  const { shapeVox, points, notes } = await align(folder, { context });
  deepStrictEqual(shapeVox[0], 7);
  deepStrictEqual(points, locations.length);
  deepStrictEqual(notes, []);
  const { volumes } = await reverseFile({
    path: folder.path("aligned.hdf"),
    output: folder.path("back.hdf"),
  });
  const missing = Object.entries(volumes)
    .filter(([name]) => name !== "volumes/raw")
    .map(([, { missingVox }]) => missingVox);
  deepStrictEqual(missing, [0, 0, 0]);
  const [before, after] = await Promise.all(
    ["a.hdf", "back.hdf"].map(async (name) =>
      await contentOf(folder.path(name)) as Record<string, unknown>
    ),
  );
  delete before!["volumes/raw"]; // beyond the labels not all of it was kept
  delete after!["volumes/raw"];
  deepStrictEqual(after, before);
});

Deno.test("alignFile() keeps all of a volume that --region names whole", async () => {
  using folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  await align(folder, { region: { regionVox: {} } });
  const { volumes } = await reverseFile({
    path: folder.path("aligned.hdf"),
    output: folder.path("back.hdf"),
  });
  deepStrictEqual(volumes["volumes/raw"], { shapeVox: rawVox, missingVox: 0 });
  deepStrictEqual(
    await contentOf(folder.path("back.hdf")),
    await contentOf(folder.path("a.hdf")),
  );
});

Deno.test("alignFile() reads a section where its steps lead, mirrors greys and knows no cleft beyond", async () => {
  using folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  await align(folder);
  using from = await openHdf5(folder.path("a.hdf"));
  using to = await openHdf5(folder.path("aligned.hdf"));
  const raw = from.dataset("volumes/raw").read(wholeBox(rawVox));
  const aligned = to.dataset("volumes/raw");
  const clefts = to.dataset("volumes/labels/clefts");
  deepStrictEqual(clefts.shapeVox, aligned.shapeVox);
  deepStrictEqual(clefts.offsetNm, aligned.offsetNm);
  // Steps of sections 1 to 5, of which 3 stays; the first goes 1.5 - 1.5 back.
  const [depth, height, width] = aligned.shapeVox;
  const voxels = aligned.read(wholeBox(aligned.shapeVox));
  const labels = clefts.read(wholeBox(clefts.shapeVox)) as BigUint64Array;
  const origin = aligned.offsetNm!.map((nm, axis) => nm / [40, 4, 4][axis]!);
  const places = [[-3.5, 2.6], [-6.5, 2.2], [0, 0], [0, -9], [-2, -8]];
  const rounded = (value: number) =>
    Math.sign(value) * Math.round(Math.abs(value));
  let unknown = 0;
  for (let z = 0, i = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const at: Zyx = [
          z + origin[0]!,
          y + origin[1]! + rounded(places[z]![0]!),
          x + origin[2]! + rounded(places[z]![1]!),
        ];
        const inRaw = at.every((place, axis) =>
          place >= 0 && place < rawVox[axis]!
        );
        if (inRaw) {
          deepStrictEqual(
            voxels[i],
            raw[(at[0] * rawVox[1] + at[1]) * rawVox[2] + at[2]],
          );
        }
        const isLabelled = at.every((place, axis) =>
          place >= labelled.startVox[axis]! &&
          place < labelled.startVox[axis]! + labelled.shapeVox[axis]!
        );
        if (!isLabelled) {
          deepStrictEqual(labels[i], 0xfffffffffffffffen);
          unknown++;
        }
      }
    }
  }
  deepStrictEqual(labels.length - unknown, 5 * 20 * 18);
});

Deno.test("alignFile() refuses what does not fit, and leaves nothing", async () => {
  using folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  const shifts = { table: "t.txt", sha256: "00" };
  const refused = async (changes: Partial<AlignRequest>, message: RegExp) => {
    await rejects(align(folder, changes), (error: Error) => {
      match(error.message, message);
      return true;
    });
  };
  await refused(
    { shifts: { ...shifts, steps: steps.slice(1) } },
    /^Cannot align sections 1 to 6 of 7 by a table of 6 lines$/,
  );
  await refused(
    { shifts: { ...shifts, steps, firstSection: 2 } },
    /by a table of 7 lines from section 2 on$/,
  );
  await refused(
    { shifts: { ...shifts, steps: steps.map(([y]): Yx => [y, 50]) } },
    /^Cannot move section 1 by -4, 100 voxels: that is out of the volume$/,
  );
  await refused(
    { context: { sections: 2, pixels: 0 } },
    /^Cannot keep 2 sections around sections 1 to 6: the volume has 7$/,
  );
  for (const point of [[-100, 0, 0], [0, 500, 0], [230, 0, 0]]) {
    await writeCremi(folder.path("b.hdf"), { points: [[0, 0, 0], point] });
    await refused({ path: folder.path("b.hdf") }, /^Cannot move point 1 of/);
  }
  await writeCremi(folder.path("b.hdf"), { partners: [0n, 99n] });
  await refused(
    { path: folder.path("b.hdf") },
    /partners": its id 99 is of no point of "annotations\/ids"$/,
  );
  await Deno.writeTextFile(folder.path("c.hdf"), "no HDF5");
  await refused({ path: folder.path("c.hdf") }, /HDF5/);
  const left = [...Deno.readDirSync(folder.path("."))].map(({ name }) => name)
    .filter((name) => name !== "cache");
  deepStrictEqual(left.toSorted(), ["a.hdf", "b.hdf", "c.hdf"]);
});

Deno.test("alignFile() aligns no file twice", async () => {
  using folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  await align(folder);
  await rejects(align(folder, { path: folder.path("aligned.hdf") }), {
    message: `Cannot align "${folder.path("aligned.hdf")}": it is aligned ` +
      "already",
  });
});

Deno.test("alignFile() and reverseFile() leave nothing where they are stopped", async () => {
  using folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  const signal = AbortSignal.abort();
  await rejects(align(folder, { signal }), { name: "AbortError" });
  deepStrictEqual(names(folder), ["a.hdf"]);
  await align(folder);
  await rejects(
    reverseFile({
      path: folder.path("aligned.hdf"),
      output: folder.path("back.hdf"),
      signal,
    }),
    { name: "AbortError" },
  );
  deepStrictEqual(names(folder), ["a.hdf", "aligned.hdf"]);
});

function names(folder: { path(name: string): string }): string[] {
  return [...Deno.readDirSync(folder.path(""))].map(({ name }) => name)
    .filter((name) => name !== "cache").toSorted();
}
