import { deepStrictEqual, ok } from "node:assert/strict";
import { type AffineMap, openRng } from "@/core/mod.ts";
import { sources } from "@/data/mod.ts";
import { data } from "../_testing.ts";
import { correlation, diceOf, madeTissue, tear } from "./_testing.ts";
import { partsOf } from "./parts.ts";
import { registerPart } from "./register.ts";
import {
  regionsOf,
  type Repair,
  repairLabels,
  repairSection,
  reverseRepair,
} from "./repair.ts";

const shift = (dy: number, dx: number): AffineMap => ({
  y: [1, 0, dy],
  x: [0, 1, dx],
});

/** A section of 3 × 6 voxels, torn in the middle; its sides belong together. */
const small: Repair = {
  shapeVox: [3, 6],
  parts: Uint8Array.of(1, 1, 0, 0, 2, 2, 1, 1, 0, 0, 2, 2, 1, 1, 0, 0, 2, 2),
  maps: [shift(0, 1), shift(0, -1)],
};

Deno.test("regionsOf() says where the parts go, 0 where none does", () => {
  deepStrictEqual([...regionsOf(small).slice(0, 6)], [0, 1, 1, 2, 2, 0]);
});

Deno.test("regionsOf() gives what both parts claim to the first", () => {
  const maps = [shift(0, 2), shift(0, -1)] as const;
  deepStrictEqual(
    [...regionsOf({ ...small, maps }).slice(0, 6)],
    [0, 0, 1, 1, 2, 0],
  );
});

Deno.test("repairLabels() moves labels, reverseRepair() brings them back", () => {
  const labels = Uint8Array.from({ length: 18 }, (_, i) => 100 + i);
  const moved = repairLabels(labels, small);
  deepStrictEqual([...moved.slice(0, 6)], [0, 100, 101, 104, 105, 0]);
  const { voxels, lostVox } = reverseRepair(moved, small);
  deepStrictEqual([...voxels.slice(0, 6)], [100, 101, 0, 0, 104, 105]);
  deepStrictEqual(lostVox, 0);
});

Deno.test("reverseRepair() counts what lies outside or under the other part", () => {
  const maps = [shift(0, -1), shift(0, -4)] as const;
  const { lostVox } = reverseRepair(new Uint8Array(18), { ...small, maps });
  deepStrictEqual(lostVox, 3 + 3);
});

Deno.test("repairSection() mixes nothing of the gap into the parts, and fills it", () => {
  const n = 96, grey = new Float32Array(n * n).fill(0.5);
  const parts = Uint8Array.from(grey, (_, i) => {
    const x = i % n;
    return x < 40 ? 1 : x >= 60 ? 2 : 0;
  });
  const plane = grey.map((value, i) => parts[i] ? value : 0);
  const repaired = repairSection({ plane, before: grey, after: grey }, {
    shapeVox: [n, n],
    parts,
    maps: [shift(0.3, 2.4), shift(-0.6, -3.7)],
  });
  ok(repaired.every((value) => Math.abs(value - 0.5) < 1e-5));
});

/** Repairs a crack by all steps; what the repair is worth. */
function repairMade(
  tissue: { plane: Float32Array; labels: Uint8Array; extentVox: number },
  neighbours: readonly [Float32Array, Float32Array],
  crack: number,
) {
  const made = tear(tissue, openRng(5).at("crack", crack));
  const { shapeVox, torn } = made;
  const parts = partsOf({ plane: torn, shapeVox });
  if (!parts) return { isBetter: false, dice: NaN };
  const [before, after] = neighbours;
  const onto = before.map((value, i) => (value + after[i]!) / 2);
  const mapOf = (part: number) =>
    registerPart({
      plane: torn,
      mask: parts.map((p) => p === part ? 1 : 0),
      onto,
      shapeVox,
    }).map;
  const repair: Repair = { shapeVox, parts, maps: [mapOf(1), mapOf(2)] };
  const repaired = repairSection({ plane: torn, before, after }, repair);
  const { voxels } = reverseRepair(repairLabels(made.labels, repair), repair);
  return {
    isBetter: correlation(repaired, tissue.plane) >
      correlation(torn, tissue.plane) + 0.1,
    dice: diceOf(voxels, made.labels),
  };
}

Deno.test("repairSection() brings a torn section back, and labels survive the way there and back", () => {
  const tissue = madeTissue(320);
  const { isBetter, dice } = repairMade(
    tissue,
    [tissue.plane, tissue.plane],
    3,
  );
  ok(isBetter);
  ok(dice > 0.98, `Dice ${dice}`);
});

/** So many cracks in real sections; 50 for the figures in the documentation. */
const cracks = Number(Deno.env.get("CLEFT_CRACKS") ?? 3);

Deno.test({
  name:
    `repairSection() is better than leaving ${cracks} cracks in real sections` +
    (data ? "" : " (ignored: CLEFT_DATA is not set)"),
  ignore: !data,
  async fn() {
    const cacheFolder = await Deno.makeTempDir();
    using cleanup = new DisposableStack();
    cleanup.defer(() => Deno.removeSync(cacheFolder, { recursive: true }));
    const file = "vnc/vnc_stack1.hdf", extentVox = 560;
    using volume = await sources
      .create(sources.schema.parse({ type: "cremi", file }))
      .open({ dataRoots: [data!], cacheFolder, where: "test" });
    let better = 0;
    const dices: number[] = [];
    for (let crack = 0; crack < cracks; crack++) {
      const rng = openRng(5).at("place", crack);
      const z = 1 + rng.integer(18), y = rng.integer(1024 - extentVox + 1);
      const at = (section: number) =>
        volume.read({
          startVox: [section, y, 0],
          shapeVox: [1, extentVox, extentVox],
        });
      const own = at(z);
      const { isBetter, dice } = repairMade(
        { plane: own.image, labels: own.target, extentVox },
        [at(z - 1).image, at(z + 1).image],
        crack,
      );
      if (isBetter) better++;
      if (!Number.isNaN(dice)) dices.push(dice);
    }
    const mean = dices.reduce((sum, dice) => sum + dice, 0) / dices.length;
    console.log(`    ${better} of ${cracks} better, mean Dice ${mean}`);
    ok(better >= 0.95 * cracks, `${better} of ${cracks}`);
    ok(mean >= 0.98, `mean Dice ${mean}`);
  },
});
