import { deepStrictEqual, ok } from "node:assert/strict";
import { openRng, type Zyx } from "@/core/mod.ts";
import { testFolder } from "@test/folder.ts";
import { createHdf5, writeHdf5 } from "../hdf5/mod.ts";
import { table } from "./_testing.ts";
import type { PicturedTrip } from "./pictured_trip.ts";
import { roundTrip } from "./round_trip.ts";

const n = 40, middle = 20, apartVox = 3;
const place = { shapeVox: [3, n, n] as Zyx, resolutionNm: [40, 4, 4] as Zyx };
const rng = openRng(3).at("tissue");

/** Grey values of every section before the middle one was torn, `[n, n]`. */
const tissue = Uint8Array.from({ length: n * n }, () => 80 + rng.integer(90));
const clefts = Uint8Array.from(tissue, () => rng.integer(4) === 0 ? 1 : 0);

/** Left and right of the crack, 0 in it. */
const partAt = (x: number) =>
  x < middle - apartVox ? 1 : x >= middle + apartVox ? 2 : 0;
const parts = tissue.map((_, i) => partAt(i % n));

/** The two halves of a section drawn apart, 0 between them. */
function torn(values: Uint8Array): Uint8Array {
  return values.map((_, i) => {
    const part = partAt(i % n);
    const from = part === 1 ? i + apartVox : i - apartVox;
    return part === 0 ? 0 : values[from]!;
  });
}

/** Pictures of three sections, the middle one torn and put together. */
async function picturesOfTorn(): Promise<readonly PicturedTrip[]> {
  using folder = testFolder();
  const path = folder.path("a.hdf"), masks = folder.path("m.hdf");
  const inAll = (values: Uint8Array, inMiddle: Uint8Array) =>
    Uint8Array.of(...values, ...inMiddle, ...values);
  await writeHdf5(path, {
    "volumes/raw": { ...place, data: inAll(tissue, torn(tissue)) },
    "volumes/labels/clefts": {
      ...place,
      data: BigUint64Array.from(inAll(clefts, torn(clefts)), BigInt),
    },
  });
  {
    using file = await createHdf5(masks);
    file.dataset("volumes/masks/parts", place)(
      inAll(new Uint8Array(n * n), parts),
    );
    const shift = (x: number) => [1, 0, x, 0, 1, 0, 0, 0, 1];
    const maps = [...shift(apartVox), ...shift(-apartVox)];
    file.table(
      "matrices/1",
      table(Float64Array.from(maps), { dtype: "<d", shape: [2, 3, 3] }),
    );
    file.commit();
  }
  Deno.mkdirSync(folder.path("work"));
  const { pictures } = await roundTrip({
    path,
    shifts: { table: "t.txt", sha256: "00", steps: Array(3).fill([0, 0]) },
    rounding: "away",
    context: { sections: 0, pixels: 0 },
    cracks: { by: "masks", path: masks, where: masks },
    cacheFolder: folder.path("cache"),
  }, folder.path("work"));
  return pictures;
}

Deno.test("pictureTrip() shows each step of a torn section, and its labels go along", async () => {
  const pictures = await picturesOfTorn();
  const whole = ["in the file", "aligned", "brought back"];
  deepStrictEqual(
    pictures.map(({ isTorn, steps }) => [
      isTorn,
      steps.slice(0, -1).map(({ title }) => title),
    ]),
    [
      [false, whole],
      [true, [
        ...whole.slice(0, 2),
        "its parts",
        "its parts, moved",
        "the crack filled",
        "brought back",
      ]],
      [false, whole],
    ],
  );
  const [, aligned, split, moved, filled, back, differs] = pictures[1]!.steps;
  const seen = (grey: Float32Array) => grey.map((v) => Math.round(255 * v));
  const tornGrey = Float32Array.from(torn(tissue));
  deepStrictEqual(seen(aligned!.grey), tornGrey);
  deepStrictEqual(
    seen(split!.grey),
    tornGrey.map((grey, i) => parts[i] === 0 ? 255 : grey),
  );
  const isOpen = (i: number) => i % n < apartVox || i % n >= n - apartVox;
  deepStrictEqual(
    seen(moved!.grey),
    Float32Array.from(tissue, (grey, i) => isOpen(i) ? 255 : grey),
  );
  const movedClefts = clefts.map((label, i) => isOpen(i) ? 0 : label);
  deepStrictEqual([moved!.labels, filled!.labels], [movedClefts, movedClefts]);
  ok(!seen(filled!.grey).includes(255));
  deepStrictEqual([split!.labels, back!.labels], [torn(clefts), torn(clefts)]);
  deepStrictEqual(differs!.labels, new Uint8Array(n * n));
});
