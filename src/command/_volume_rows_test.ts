import { deepStrictEqual } from "node:assert";
import { volumeRows } from "./_volume_rows.ts";

const volume = {
  name: "a",
  shapeVox: [4, 10, 10],
  voxelNm: [50, 5, 5],
  offsetNm: [0, 0, 0],
} as const;
const labels = { clefts: 2, positive: 5, labelled: 400, voxels: 400 };

Deno.test("volumeRows() sums up what the labels of a split hold", () => {
  const [heading, ...rows] = volumeRows([
    { ...volume, split: "train", labels },
    {
      ...volume,
      split: "train",
      labels: { ...labels, clefts: 1, labelled: 2400 },
    },
    { ...volume, split: "validation" },
    {
      ...volume,
      split: "test",
      labels: { clefts: 0, positive: 0, labelled: 0, voxels: 400 },
    },
  ]);
  deepStrictEqual(
    heading,
    ["split", "volume", "voxels z y x", "nm a voxel"]
      .concat("clefts", "labelled voxels", "cleft"),
  );
  const place = ["a", "4 × 10 × 10", "50 × 5 × 5"];
  deepStrictEqual(rows, [
    ["train", ...place, "2", "400", "5 voxels, 1.25 %"],
    ["train", ...place, "1", "2,400", "5 voxels, 0.208 %"],
    ["train", "all 2", "", "", "3", "2,800", "10 voxels, 0.357 %"],
    ["validation", ...place, "not counted yet; run will"],
    ["test", ...place, "0", "0", "–"],
  ]);
});

Deno.test("volumeRows() sums up nothing that is not counted", () => {
  const rows = volumeRows([
    { ...volume, split: "train", labels },
    { ...volume, split: "train" },
  ]);
  deepStrictEqual(rows.at(-1), [
    "train",
    "all 2",
    "",
    "",
    "not counted yet; run will",
  ]);
});
