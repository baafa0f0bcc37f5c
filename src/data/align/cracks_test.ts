import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import {
  correlation,
  diceOf,
  madeTissue,
  tear,
} from "@/align/crack/_testing.ts";
import { type AffineMap, openRng, type Zyx } from "@/core/mod.ts";
import { createHdf5, openHdf5 } from "../hdf5/mod.ts";
import { testFolder } from "@test/folder.ts";
import { table } from "./_testing.ts";
import { alignFile, type AlignRequest } from "./align_file.ts";
import type { CrackSource } from "./cracks.ts";
import { reverseFile } from "./reverse_file.ts";

const n = 320, background = 0xffffffffffffffffn;
const shapeVox: Zyx = [3, n, n];
const tissue = madeTissue(n);
const made = tear(tissue, openRng(2).at("crack", 2));

/** A place in the middle of what a side has. */
function within(side: number): readonly [number, number] {
  const places = made.sides.keys().filter((i) =>
    [0, -9, 9, -9 * n, 9 * n].every((step) => made.sides[i + step] === side)
  ).toArray();
  const at = places[places.length >> 1]!;
  return [Math.floor(at / n), at % n];
}

const points = ([1, 2] as const).map((side) => {
  const [y, x] = within(side);
  return [40, 4 * y, 4 * x];
});

/** Writes three sections of one tissue, the middle one torn. */
async function writeTorn(
  path: string,
  locations: readonly (readonly number[])[] = points,
): Promise<void> {
  using file = await createHdf5(path);
  const place = { shapeVox, resolutionNm: [40, 4, 4] as Zyx };
  const greys = [tissue.plane, made.torn, tissue.plane];
  const labels = [tissue.labels, made.labels, tissue.labels];
  const raw = file.dataset("volumes/raw", place);
  const clefts = file.dataset("volumes/labels/clefts", place);
  for (const z of [0, 1, 2]) {
    raw(Uint8Array.from(greys[z]!, (grey) => Math.round(255 * grey)));
    clefts(BigUint64Array.from(labels[z]!, (l) => l ? 7n : background));
  }
  file.table(
    "annotations/locations",
    table(Float64Array.from(locations.flat()), {
      dtype: "<d",
      shape: [locations.length, 3],
    }),
  );
  file.commit();
}

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

/** Masks of the parts with matrices as CREMI's winners wrote them. */
async function writeMasks(
  path: string,
  { matrices, parts = made.sides }: {
    readonly matrices?: readonly (readonly number[])[];
    readonly parts?: Uint8Array;
  },
): Promise<void> {
  using file = await createHdf5(path);
  const append = file.dataset("volumes/masks/parts", {
    shapeVox,
    resolutionNm: [40, 4, 4],
  });
  for (const plane of [new Uint8Array(n * n), parts, new Uint8Array(n * n)]) {
    append(plane);
  }
  if (matrices) {
    file.table(
      "matrices/1",
      table(Float64Array.from(matrices.flat()), {
        dtype: "<d",
        shape: [2, 3, 3],
      }),
    );
  }
  file.commit();
}

const matrixOf = ({ y, x }: AffineMap) => [
  ...[x[1], x[0], x[2]],
  ...[y[1], y[0], y[2]],
  ...[0, 0, 1],
];

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
  const gap = made.sides.indexOf(0);
  await writeTorn(folder.path("a.hdf"), [
    [40, 4 * Math.floor(gap / n), 4 * (gap % n)],
  ]);
  await writeMasks(path, { matrices: [first, second] });
  await refused(/^Cannot move point 0 of .* in the crack of section 1$/);
  ok(
    ![...Deno.readDirSync(folder.path(""))].some(({ name }) =>
      name === "b.hdf"
    ),
  );
});

Deno.test("findCracks() leaves whole sections alone", async () => {
  using folder = testFolder();
  await writeTorn(folder.path("a.hdf"), []);
  const masks = folder.path("m.hdf");
  await writeMasks(masks, { parts: made.sides.map((side) => side ? 1 : 0) });
  const { repaired } = await align(folder, {
    by: "masks",
    path: masks,
    where: masks,
  });
  deepStrictEqual(repaired, []);
});
