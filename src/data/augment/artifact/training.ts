import * as z from "zod";
import {
  type Box,
  bytesFrom,
  count,
  cropArray,
  ExperimentError,
  interval,
  labelComponents,
  nonNegative,
  type Volume,
  whole,
  type Zyx,
} from "@/core/mod.ts";
import { regionBox, regionOptions, type RegionSpec } from "../../volume/mod.ts";
import {
  type ArtifactStack,
  defineArtifactSource,
  shareNumbers,
  sheetsOf,
} from "./_source.ts";
import { type Measure, openMeasure } from "./stand_out.ts";

/**
 * Artifacts cut out of the training volumes: from the regions that are listed, or
 * from wherever a part of a section is brighter or darker than both sections next
 * to it. A voxel is the more artifact the more it differs from both; what lasts
 * for two sections does not stand out.
 */
export const trainingArtifacts = defineArtifactSource({
  name: "training",
  summary: "Artifacts of the training volumes, listed or found",
  options: {
    regions: z.array(z.strictObject({
      volume: whole(0, "number of the training volume, from 0"),
      ...regionOptions,
    })).min(1).readonly().optional().describe(
      "where they are; found where left out",
    ),
    smoothVox: nonNegative(
      6,
      "sigma of the blur before sections are compared, in voxels",
    ),
    standOut: interval(
      [0.2, 0.5],
      "difference of grey values where an artifact begins, and where it is whole",
    ),
    minAreaVox: count(
      200,
      "the smallest one to be found, in voxels of a section",
    ),
  },
  create: ({ regions, minAreaVox, ...measure }) => ({
    // deno-lint-ignore require-await -- other sources wait for files
    async load({ volumes, where }) {
      const stacks = regions
        ? regions.flatMap((region, k) =>
          cutRegion(volumes, region, measure, `${where} regions[${k}]`)
        )
        : volumes.flatMap((volume) => findIn(volume, minAreaVox, measure));
      if (stacks.length > 0) return sheetsOf(stacks, { inputs: [], where });
      throw new ExperimentError(
        `Cannot find artifacts in the training volumes: no ${minAreaVox} ` +
          "voxels of a section stand out from both neighbours by " +
          measure.standOut.join(" to "),
        { where, fix: "Lower standOut or minAreaVox, or list regions" },
      );
    },
  }),
});

/** The sections of a region, each with what stands out in it. */
function cutRegion(
  volumes: readonly Volume[],
  { volume: number, ...region }: RegionSpec & { readonly volume: number },
  measure: Measure,
  where: string,
): ArtifactStack[] {
  const volume = volumes[number];
  if (!volume) {
    throw new ExperimentError(
      `Cannot cut artifacts from training volume ${number}: there ` +
        (volumes.length === 1 ? "is one" : `are ${volumes.length}`) +
        ", counted from 0",
      { where, fix: `Name one from 0 to ${volumes.length - 1}` },
    );
  }
  const [depth, height, width] = volume.shapeVox;
  if (depth === 1) {
    throw new ExperimentError(
      `Cannot cut artifacts from "${volume.name}": its only section has no ` +
        "neighbour to stand out from",
      { where, fix: "Name a volume of several sections" },
    );
  }
  const { startVox: [front, y, x], shapeVox: [sections, rows, columns] } =
    regionBox(region, { grid: volume, where });
  const alphaOf = openMeasure(volume, measure);
  return Array.from({ length: sections }, (_, i) => {
    const box: Box = {
      startVox: [front + i, y, x],
      shapeVox: [1, rows, columns],
    };
    const inPlane: Box = { ...box, startVox: [0, y, x] };
    const alpha = cropArray(alphaOf(front + i), [1, height, width], inPlane);
    if (alpha.some((share) => share > 0)) return stackOf(volume, box, alpha);
    throw new ExperimentError(
      `Cannot cut an artifact from section ${front + i} of ` +
        `"${volume.name}": nothing there stands out from its neighbours by ` +
        measure.standOut[0],
      { where, fix: "Lower standOut, or name another region" },
    );
  });
}

/** Every part of a section that stands out and somewhere is all artifact. */
function findIn(
  volume: Volume,
  minAreaVox: number,
  measure: Measure,
): ArtifactStack[] {
  const [depth, height, width] = volume.shapeVox;
  const plane: Zyx = [1, height, width];
  const alphaOf = openMeasure(volume, measure);
  const found: ArtifactStack[] = [];
  for (let section = 1; section < depth - 1; section++) {
    const alpha = alphaOf(section);
    const mask = bytesFrom(alpha, (share) => share > 0 ? 1 : 0);
    const { labels, count } = labelComponents(mask, plane, 6);
    for (const part of partsOf(labels, alpha, count, width)) {
      if (part.areaVox < minAreaVox || part.most < 1) continue;
      const { top, bottom, left, right, label } = part;
      const shapeVox: Zyx = [1, bottom - top + 1, right - left + 1];
      const inPlane: Box = { startVox: [0, top, left], shapeVox };
      const owner = cropArray(labels, plane, inPlane);
      const own = cropArray(alpha, plane, inPlane)
        .map((share, i) => owner[i] === label ? share : 0);
      const box: Box = { startVox: [section, top, left], shapeVox };
      found.push(stackOf(volume, box, own));
    }
  }
  return found;
}

/** A connected part of a section. */
interface Part {
  readonly label: number;
  areaVox: number;
  /** The largest share in it. */
  most: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

function partsOf(
  labels: Int32Array,
  alpha: Float32Array,
  count: number,
  width: number,
): Part[] {
  const parts = Array.from({ length: count }, (_, i): Part => ({
    label: i + 1,
    areaVox: 0,
    most: 0,
    top: Infinity,
    bottom: -1,
    left: Infinity,
    right: -1,
  }));
  for (const [i, label] of labels.entries()) {
    if (label === 0) continue;
    const part = parts[label - 1]!;
    const y = Math.floor(i / width), x = i % width;
    part.areaVox++;
    part.most = Math.max(part.most, alpha[i]!);
    part.top = Math.min(part.top, y);
    part.bottom = Math.max(part.bottom, y);
    part.left = Math.min(part.left, x);
    part.right = Math.max(part.right, x);
  }
  return parts;
}

/** A box of one section with its artifact, in shared memory. */
function stackOf(
  volume: Volume,
  box: Box,
  alpha: Float32Array,
): ArtifactStack {
  const { name, voxelNm } = volume;
  const { shapeVox } = box;
  const grid = { shapeVox, voxelNm, offsetNm: [0, 0, 0] } as const;
  const { image } = volume.read(box);
  return {
    image: shareNumbers({ name, grid }, () => image),
    alpha: shareNumbers({ name, grid }, () => alpha),
  };
}
