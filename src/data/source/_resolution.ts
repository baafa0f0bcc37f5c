import { ExperimentError, type Grid, mapZyx, type Zyx } from "@/core/mod.ts";
import type { VoxelArray } from "../voxels/mod.ts";

/** Where a dataset lies, and what is unusual about it. */
export interface DatasetGrid extends Grid {
  /** Its path within the file. */
  readonly name: string;
  /** What its offset in the file was multiplied by, as resolutions were. */
  readonly scale: Zyx;
  /** Whether it says its place. */
  readonly hasOffset: boolean;
  /** What a reader of a plan should know, as far as `like` does not say it. */
  readonly notes: readonly string[];
}

/** How the place of a dataset is read. */
export interface GridRequest {
  /** Extent of a voxel in place of what the file says. */
  readonly resolutionNm?: Zyx | undefined;
  /** What it does not say is as in this grid, if there is one. */
  readonly like?: DatasetGrid | undefined;
  /** For errors. */
  readonly where: string;
}

/** Voxels of serial-section and block-face volumes lie well within. */
const usualNm = { low: 0.1, high: 1000 } as const;

/**
 * The grid of a dataset by its attributes. A resolution given in the experiment
 * goes before the file's; the dataset then stays at the voxel it began at.
 *
 * @throws {ExperimentError} If the file says no resolution, or one that no volume
 * has, and the experiment says none.
 */
export function gridOf(
  dataset: VoxelArray,
  { resolutionNm, where, like }: GridRequest,
): DatasetGrid {
  const { name, shapeVox, resolutionFrom } = dataset;
  const inFile = resolutionNm
    ? dataset.resolutionNm
    : resolutionFrom || !like
    ? usualResolution(dataset, where)
    : undefined;
  const voxelNm = resolutionNm ?? inFile ?? like!.voxelNm;
  const scale = inFile
    ? mapZyx((axis) => voxelNm[axis] / inFile[axis])
    : like?.scale ?? [1, 1, 1];
  const offset = dataset.offsetNm;
  return {
    name,
    shapeVox,
    voxelNm,
    scale,
    offsetNm: offset
      ? mapZyx((axis) => offset[axis] * scale[axis])
      : like?.offsetNm ?? [0, 0, 0],
    hasOffset: offset !== undefined,
    notes: resolutionNm
      ? like && isSame(scale, like.scale)
        ? []
        : overruled(dataset, resolutionNm)
      : like || !resolutionFrom || resolutionFrom === "resolution"
      ? []
      : [
        `The resolution of "${name}" is that of its attribute "${resolutionFrom}"`,
      ],
  };
}

/** Says where voxels are not of the extent that the file says, but of a given one. */
export function overruled(
  { name, resolutionNm: inFile, resolutionFrom }: VoxelArray,
  givenNm: Zyx,
): readonly string[] {
  if (!inFile || isNear(inFile, givenNm)) return [];
  const said = inFile.map((nm) => Number(nm.toPrecision(6))); // of 32 bits, too
  return [
    `The voxels of "${name}" are ${givenNm.join(" × ")} nm by resolutionNm; ` +
    `its attribute "${resolutionFrom}" says ${said.join(" × ")} nm`,
  ];
}

/** Whether voxels are of one extent in nanometres, but for rounding. */
export function isNear(a: Zyx, b: Zyx): boolean {
  return a.every((nm, axis) => Math.abs(nm - b[axis]!) < 0.01);
}

/** Whether two resolutions were overruled alike. */
function isSame(a: Zyx, b: Zyx): boolean {
  return a.every((scale, axis) => Math.abs(scale / b[axis]! - 1) < 1e-3);
}

function usualResolution(dataset: VoxelArray, where: string): Zyx {
  const found = dataset.resolutionNm;
  const refuse = (why: string, fix: string) =>
    new ExperimentError(`Cannot use "${dataset.name}": ${why}`, { where, fix });
  const orSet = "or set resolutionNm: [z, y, x] in the experiment";
  if (!found) {
    throw refuse(
      `it has no attribute "resolution"`,
      `Add it: nanometres per voxel, z y x, ${orSet}`,
    );
  }
  if (found.every(isUsual)) return found;
  throw refuse(
    `its voxels are ${found.join(" × ")} nm by the attribute ` +
      `"${dataset.resolutionFrom}"${guess(found)}`,
    `Correct the attribute to nanometres, ${orSet}`,
  );
}

function isUsual(nm: number): boolean {
  return nm >= usualNm.low && nm <= usualNm.high;
}

/** The unit that a resolution may be in, where one makes it usual. */
function guess(found: Zyx): string {
  const units = { metres: 1e9, micrometres: 1e3, ångströms: 0.1 };
  const [unit] = Object.entries(units)
    .find(([, nm]) => found.every((extent) => isUsual(extent * nm))) ?? [];
  const range = `beyond ${usualNm.low} to ${usualNm.high} nm`;
  return unit ? `, ${range}, as if in ${unit}` : `, ${range}`;
}
