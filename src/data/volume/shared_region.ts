import {
  type Box,
  type Grid,
  mapZyx,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";

/** Voxels that two regions have in common. */
export interface SharedRegion {
  /** In the first region, in voxels of the data it was cut from. */
  readonly inFirst: Box;
  /** The same place in the second region, in voxels of its data. */
  readonly inSecond: Box;
  /**
   * How it is known: both are parts of one dataset, both say by their `offset`
   * where they lie, or both hold the same grey values there.
   */
  readonly because: "data" | "offset" | "content";
}

/** Borders within a hundredth of a voxel are one. */
const tolerance = 0.01;

/**
 * The voxels two regions share, or undefined: in one dataset, however its
 * resolution was read; in two that both have an `offset`, where it is not 0 in
 * both, as then they lie in one frame; in others if they are the same grey values,
 * as in a copy of a file, sampled from five sections, their labels or their first
 * voxels being one place. A phantom is never a copy.
 */
export function sharedRegion(
  first: Volume,
  second: Volume,
): SharedRegion | undefined {
  const ofOne = sameData(first, second);
  if (ofOne) {
    const box = commonInData(first, second);
    return box && { inFirst: box, inSecond: box, because: "data" };
  }
  if (first.origin?.isMade || second.origin?.isMade) return undefined;
  if (liesInOneFrame(first, second)) return sharedInFrame(first, second);
  const elsewhere = alignedByLabels(second, first);
  return sharedContent(first, second) ??
    (elsewhere && sharedContent(first, elsewhere));
}

/** The voxels two regions share if they hold the same grey values where they meet. */
function sharedContent(
  first: Volume,
  second: Volume,
): SharedRegion | undefined {
  const inFirst = coveredBy(second, first), inSecond = coveredBy(first, second);
  if (!inFirst || !inSecond) return undefined;
  if (!holdSame([first, inFirst], [second, inSecond])) return undefined;
  return {
    inFirst: moved(inFirst, inData(first).startVox),
    inSecond: moved(inSecond, inData(second).startVox),
    because: "content",
  };
}

/**
 * A region moved so that the labels of its file lie where those of another do, as
 * files with and without the tissue around the labels have it; undefined where
 * they lie there anyway, or have another extent.
 */
function alignedByLabels(volume: Volume, other: Volume): Volume | undefined {
  const [here, there] = [volume, other].map(labelsNm);
  if (!here || !there) return undefined;
  const isSame = (a: Zyx, b: Zyx) =>
    a.every((nm, axis) => Math.abs(nm - b[axis]!) < 1e-6);
  if (!isSame(here.extentNm, there.extentNm)) return undefined;
  if (isSame(here.startNm, there.startNm)) return undefined;
  return {
    ...volume,
    offsetNm: mapZyx((axis) =>
      volume.offsetNm[axis] + there.startNm[axis] - here.startNm[axis]
    ),
  };
}

/** Where the labels of a region's data lie in its space. */
function labelsNm({ origin, offsetNm, voxelNm }: Volume) {
  const box = origin?.labels;
  return box && {
    startNm: mapZyx((axis) =>
      offsetNm[axis] +
      (box.startVox[axis] - origin.startVox[axis]) * voxelNm[axis]
    ),
    extentNm: mapZyx((axis) => box.shapeVox[axis] * voxelNm[axis]),
  };
}

/**
 * The voxels that a volume shares with one of the same file, of which only its
 * place is known; both boxes are in voxels of the volume's data.
 */
export function sharedByPlace(
  known: Grid,
  volume: Volume,
): SharedRegion | undefined {
  const covered = coveredBy(known, volume);
  const box = covered && moved(covered, inData(volume).startVox);
  return box && { inFirst: box, inSecond: box, because: "data" };
}

/** The voxels two regions share that lie in one frame by their offsets. */
function sharedInFrame(
  first: Volume,
  second: Volume,
): SharedRegion | undefined {
  const a = placedInData(first), b = placedInData(second);
  const inFirst = a && b && coveredBy(b.grid, a.grid);
  const inSecond = a && b && coveredBy(a.grid, b.grid);
  return inFirst && inSecond && {
    inFirst: moved(inFirst, a.startVox),
    inSecond: moved(inSecond, b.startVox),
    because: "offset",
  };
}

/** The box of its data around what counts of a region, where it lies in space. */
function placedInData(
  volume: Volume,
): { readonly grid: Grid; readonly startVox: Zyx } | undefined {
  const [box, ...others] = sectionsInData(volume);
  if (!box) return undefined;
  const { startVox, shapeVox } = others.reduce(boxAround, box);
  const { offsetNm, voxelNm, origin } = volume;
  const by = mapZyx((axis) => startVox[axis] - origin!.startVox[axis]);
  return {
    startVox,
    grid: {
      ...{ shapeVox, voxelNm },
      offsetNm: mapZyx((axis) => offsetNm[axis] + by[axis] * voxelNm[axis]),
    },
  };
}

function sameData(first: Volume, second: Volume): boolean {
  return first.origin !== undefined &&
    first.origin.data === second.origin?.data;
}

/** A region as a box of the data it was cut from. */
function inData({ origin, shapeVox }: Volume): Box {
  return { startVox: origin?.startVox ?? [0, 0, 0], shapeVox };
}

/**
 * The box of their data around what two regions share, section by section where
 * sections were moved; what is context alone is not shared.
 */
function commonInData(first: Volume, second: Volume): Box | undefined {
  const [a, b] = [first, second].map(sectionsInData) as [Box[], Box[]];
  const byZ = new Map(b.map((box) => [box.startVox[0], box]));
  return a.reduce<Box | undefined>((all, box) => {
    const other = byZ.get(box.startVox[0]);
    const shared = other && commonBox(box, other);
    return shared ? all ? boxAround(all, shared) : shared : all;
  }, undefined);
}

/** What counts of each section of a region, as a box of its data. */
function sectionsInData({ origin, shapeVox }: Volume): Box[] {
  const [z0, y0, x0] = origin!.startVox, [depth, height, width] = shapeVox;
  return Array.from({ length: depth }, (_, z): Box => {
    const [y, x] = origin!.cornersVox?.[z] ?? [y0, x0];
    return { startVox: [z0 + z, y, x], shapeVox: [1, height, width] };
  }).flatMap((box) =>
    origin!.block ? commonBox(box, origin!.block) ?? [] : box
  );
}

function boxAround(a: Box, b: Box): Box {
  return boxOf(a, b, { start: Math.min, end: Math.max });
}

function moved({ startVox, shapeVox }: Box, by: Zyx): Box {
  return { startVox: mapZyx((axis) => startVox[axis] + by[axis]), shapeVox };
}

function commonBox(a: Box, b: Box): Box | undefined {
  const box = boxOf(a, b, { start: Math.max, end: Math.min });
  return box.shapeVox.every((n) => n > 0) ? box : undefined;
}

/** The box from one of two starts to one of two ends, along each axis. */
function boxOf(
  a: Box,
  b: Box,
  choose: Readonly<Record<"start" | "end", (a: number, b: number) => number>>,
): Box {
  const end = ({ startVox, shapeVox }: Box, axis: 0 | 1 | 2) =>
    startVox[axis] + shapeVox[axis];
  const startVox = mapZyx((axis) =>
    choose.start(a.startVox[axis], b.startVox[axis])
  );
  const shapeVox = mapZyx((axis) =>
    choose.end(end(a, axis), end(b, axis)) - startVox[axis]
  );
  return { startVox, shapeVox };
}

/** The voxels of a grid that another one covers, if only in part. */
function coveredBy(other: Grid, grid: Grid): Box | undefined {
  const inGrid = (axis: 0 | 1 | 2, vox: number) =>
    (other.offsetNm[axis] + vox * other.voxelNm[axis] - grid.offsetNm[axis]) /
    grid.voxelNm[axis];
  const startVox = mapZyx((axis) => Math.floor(inGrid(axis, 0) + tolerance));
  const shapeVox = mapZyx((axis) =>
    Math.ceil(inGrid(axis, other.shapeVox[axis]) - tolerance) - startVox[axis]
  );
  return commonBox({ startVox, shapeVox }, {
    startVox: [0, 0, 0],
    shapeVox: grid.shapeVox,
  });
}

function liesInOneFrame(first: Volume, second: Volume): boolean {
  const starts = [first, second].map(({ origin, offsetNm, voxelNm }) =>
    origin?.hasOffset
      ? mapZyx((axis) => offsetNm[axis] - origin.startVox[axis] * voxelNm[axis])
      : undefined
  );
  return starts.every((start) => start !== undefined) &&
    starts.some((start) => start.some((nm) => Math.abs(nm) > 1e-6));
}

/** Sections compared, and the most rows and columns of each. */
const sampled = { sections: 5, extent: 512 } as const;

/** Fewer voxels can be equal by chance. */
const fewest = 64;

/** Whether two boxes hold the same grey values, up to a level of 8 bits. */
function holdSame(
  [first, inFirst]: readonly [Volume, Box],
  [second, inSecond]: readonly [Volume, Box],
): boolean {
  const [depth, height, width] = inFirst.shapeVox;
  if (inFirst.shapeVox.some((n, axis) => n !== inSecond.shapeVox[axis])) {
    return false; // voxels of other extents
  }
  const rows = Math.min(height, sampled.extent);
  const columns = Math.min(width, sampled.extent);
  if (rows * columns < fewest) return false;
  const y = (height - rows) >> 1, x = (width - columns) >> 1;
  const sections = Math.min(depth, sampled.sections);
  for (let k = 0; k < sections; k++) {
    const z = Math.floor((k + 0.5) * depth / sections);
    const sample: Box = { startVox: [z, y, x], shapeVox: [1, rows, columns] };
    const verdict = isSame(
      first.read(moved(sample, inFirst.startVox)).image,
      second.read(moved(sample, inSecond.startVox)).image,
    );
    if (verdict !== undefined) return verdict;
  }
  return false;
}

/** Whether two sections are one; undefined if they are of one grey, as missing ones are. */
function isSame(a: Float32Array, b: Float32Array): boolean | undefined {
  const level = 1.01 / 255;
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < a.length; i++) {
    if (Math.abs(a[i]! - b[i]!) > level) return false;
    low = Math.min(low, a[i]!);
    high = Math.max(high, a[i]!);
  }
  return high - low > 8 * level ? true : undefined;
}
