import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { correlation, diceOf } from "@/align/crack/_testing.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { testFolder } from "@test/folder.ts";
import {
  made,
  matrixOf,
  n,
  points,
  tissue,
  writeMasks,
  writeTorn,
} from "./_torn_testing.ts";
import { alignFile, type AlignRequest } from "./align_file.ts";
import { findCracks } from "./cracks.ts";
import type { CrackSource } from "./found_cracks.ts";
import { reverseFile } from "./reverse_file.ts";

function align(
  folder: ReturnType<typeof testFolder>,
  cracks: CrackSource,
  changes: Partial<AlignRequest> = {},
) {
  return alignFile({
    path: folder.path("a.hdf"),
    output: folder.path("b.hdf"),
    shifts: {
      table: "t.txt",
      sha256: "00",
      steps: [[0, 0], [0, 0], [0, 0]],
    },
    rounding: "away",
    context: { sections: 0, pixels: 0 },
    cacheFolder: folder.path("cache"),
    cracks,
    ...changes,
  });
}

async function middleOf(path: string, name: string) {
  using file = await openHdf5(path);
  return file.dataset(name).read({ startVox: [1, 0, 0], shapeVox: [1, n, n] });
}

async function pointsOf(path: string): Promise<Float64Array> {
  using file = await openHdf5(path);
  return file.table("annotations/locations")!.values as Float64Array;
}

Deno.test("findCracks() finds a torn section, which is repaired, and goes back but for a rim that is counted", async () => {
  using folder = testFolder();
  await writeTorn(folder.path("a.hdf"));
  const { repaired, notes } = await align(folder, { by: "detect" });
  deepStrictEqual(repaired.map(({ section }) => section), [1]);
  const least = Math.min(...repaired[0]!.correlations.map(Number));
  ok(least > 0.9, `${repaired[0]!.correlations}`);
  deepStrictEqual(notes, []);
  const grey = Float32Array.from(
    await middleOf(folder.path("b.hdf"), "volumes/raw") as Uint8Array,
  );
  ok(
    correlation(grey, tissue.plane) >
      correlation(made.torn, tissue.plane) + 0.1,
  );
  const moved = await pointsOf(folder.path("b.hdf"));
  const away = made.maps.map(({ y, x }, i) => {
    const [, py, px] = points[i]!.map((nm) => nm / 4) as [
      number,
      number,
      number,
    ];
    return Math.hypot(
      moved[3 * i + 1]! / 4 - (y[0] * py + y[1] * px + y[2]),
      moved[3 * i + 2]! / 4 - (x[0] * py + x[1] * px + x[2]),
    );
  });
  ok(Math.max(...away) < 1.5, `points are off by ${away} voxels`);

  const { volumes } = await reverseFile({
    path: folder.path("b.hdf"),
    output: folder.path("c.hdf"),
  });
  const labels = await middleOf(folder.path("c.hdf"), "volumes/labels/clefts");
  const isCleft = Uint8Array.from(
    labels as BigUint64Array,
    (id) => id === 7n ? 1 : 0,
  );
  ok(diceOf(isCleft, made.labels) > 0.98);
  const unknown = (labels as BigUint64Array)
    .filter((id) => id === 0xfffffffffffffffen).length;
  deepStrictEqual(volumes["volumes/labels/clefts"]!.missingVox, unknown);
  ok(unknown >= made.sides.filter((side) => side === 0).length / 2);
  const back = await pointsOf(folder.path("c.hdf"));
  for (const [i, nm] of points.flat().entries()) {
    ok(Math.abs(back[i]! - nm) < 1e-6);
  }
});

Deno.test("findCracks() takes parts from masks and maps from matrices", async () => {
  using folder = testFolder();
  await writeTorn(folder.path("a.hdf"));
  await writeMasks(folder.path("m.hdf"), {
    matrices: made.maps.map(matrixOf),
  });
  const path = folder.path("m.hdf");
  const { repaired } = await align(folder, { by: "masks", path, where: path });
  deepStrictEqual(repaired, [{ section: 1, correlations: [null, null] }]);
  const labels = await middleOf(folder.path("b.hdf"), "volumes/labels/clefts");
  const isCleft = Uint8Array.from(
    labels as BigUint64Array,
    (id) => id === 7n ? 1 : 0,
  );
  const known = Uint8Array.from(
    labels as BigUint64Array,
    (id) => id === 0xfffffffffffffffen ? 0 : 1,
  );
  const truth = tissue.labels.map((label, i) => label & known[i]!);
  ok(diceOf(isCleft, truth) > 0.95);
});

Deno.test("findCracks() refuses masks and matrices that are none, and points in a crack", async () => {
  using folder = testFolder();
  await writeTorn(folder.path("a.hdf"));
  const path = folder.path("m.hdf");
  const refused = async (message: RegExp) => {
    await rejects(
      align(folder, { by: "masks", path, where: path }),
      (error: Error) => {
        match(error.message, message);
        return true;
      },
    );
  };
  const [first, second] = made.maps.map(matrixOf) as [number[], number[]];
  await writeMasks(path, {
    matrices: [first, second.map((v, i) => i < 6 ? 0 : v)],
  });
  await refused(/^Cannot move a part by this matrix: it cannot be undone$/);
  await writeMasks(path, { parts: made.sides.map((side) => 2 * side) });
  await refused(/^Cannot tell the parts of section 1 .*: it has 4$/);
  await writeTorn(path);
  await refused(
    /^Cannot tell parts of torn sections: ".*" has no "volumes\/masks/,
  );
  const gap = made.sides.indexOf(0);
  await writeTorn(folder.path("a.hdf"), {
    locations: [[40, 4 * Math.floor(gap / n), 4 * (gap % n)]],
  });
  await writeMasks(path, { matrices: [first, second] });
  await refused(/^Cannot move point 0 of .* in the crack of section 1$/);
  ok(
    ![...Deno.readDirSync(folder.path(""))].some(({ name }) =>
      name === "b.hdf"
    ),
  );
});

Deno.test("findCracks() takes no membrane for a crack", () => {
  const wide = 64;
  const greys = (gapVox: number) => (section: number) =>
    Float32Array.from(
      { length: wide * wide },
      (_, i) =>
        section === 2 && Math.abs(i % wide - 31) < gapVox / 2
          ? 0.02
          : 0.5 + (i * 37 % 100) / 500,
    );
  const torn = (gapVox: number) =>
    findCracks(null, {
      frame: {
        sourceVox: [5, wide, wide],
        shapeVox: [5, wide, wide],
        firstSection: 0,
        corners: Array(5).fill([0, 0]),
        origin: [0, 0],
      },
      greys: greys(gapVox),
      where: "test",
    }).torn.size;
  deepStrictEqual([torn(1), torn(5)], [0, 1]);
});

Deno.test("findCracks() leaves whole sections alone", async () => {
  using folder = testFolder();
  await writeTorn(folder.path("a.hdf"), { locations: [] });
  const masks = folder.path("m.hdf");
  await writeMasks(masks, { parts: made.sides.map((side) => side ? 1 : 0) });
  const { repaired } = await align(folder, {
    by: "masks",
    path: masks,
    where: masks,
  });
  deepStrictEqual(repaired, []);
});
