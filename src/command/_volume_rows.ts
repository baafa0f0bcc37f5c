import type { PlanVolume } from "@/experiment/mod.ts";
import { times } from "./_text.ts";

/** What the labels of a volume hold, as far as they have been counted. */
type Labels = PlanVolume["labels"];

/**
 * The volumes of a plan as rows of a table, split by split: extents, clefts, and
 * what share of the labelled voxels is cleft. A split of several volumes has a row
 * of sums.
 */
export function volumeRows(
  volumes: readonly PlanVolume[],
): readonly (readonly string[])[] {
  const bySplit = Map.groupBy(volumes, ({ split }) => split);
  const rows = [...bySplit].flatMap(([split, ofSplit]) => [
    ...ofSplit.map(({ name, shapeVox, voxelNm, labels }) => [
      split,
      name,
      times(shapeVox),
      times(voxelNm),
      ...labelCells(labels),
    ]),
    ...(ofSplit.length > 1
      ? [[
        split,
        `all ${ofSplit.length}`,
        "",
        "",
        ...labelCells(sumOf(ofSplit.map(({ labels }) => labels))),
      ]]
      : []),
  ]);
  return [
    ["split", "volume", "voxels z y x", "nm a voxel"]
      .concat("clefts", "labelled voxels", "cleft"),
    ...rows,
  ];
}

function labelCells(labels: Labels): readonly string[] {
  if (!labels) return ["not counted yet; run will"];
  const { clefts, positive, labelled } = labels;
  return [
    clefts.toLocaleString("en"),
    labelled.toLocaleString("en"),
    labelled === 0 ? "–" : shareText(positive, labelled),
  ];
}

function shareText(positive: number, labelled: number): string {
  const percent = 100 * positive / labelled;
  return `${positive.toLocaleString("en")} voxels, ${percent.toPrecision(3)} %`;
}

/** All together, if all have been counted. */
function sumOf(all: readonly Labels[]): Labels {
  return all.reduce((sum, one) =>
    sum && one && {
      clefts: sum.clefts + one.clefts,
      positive: sum.positive + one.positive,
      labelled: sum.labelled + one.labelled,
      voxels: sum.voxels + one.voxels,
    }
  );
}
