import type { AlignedFrame } from "./frame.ts";
import type { Yx } from "./shifts.ts";

/** The arrays whose voxels can be moved. */
export type Voxels =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | BigUint64Array;

/** A rectangle of a section. */
export interface Window {
  /** Its corner; it may lie outside of the section. */
  readonly startVox: Yx;
  /** Its extent. */
  readonly shapeVox: Yx;
}

/** A rectangle of a section with its voxels, `[H, W]`. */
export interface Plane<T extends Voxels> extends Window {
  /** Its voxels. */
  readonly voxels: T;
}

/** The section of the source that an aligned section is cut from. */
export function sourceWindow({ sourceVox: [, h, w] }: AlignedFrame): Window {
  return { startVox: [0, 0], shapeVox: [h, w] };
}

/** Where an aligned section lies in the section it is cut from. */
export function alignedWindow(
  { shapeVox: [, height, width], corners }: AlignedFrame,
  section: number,
): Window {
  const startVox = corners[section];
  if (!startVox) {
    throw new RangeError(`Cannot align section ${section}: there is none`);
  }
  return { startVox, shapeVox: [height, width] };
}

/** What two windows share; null if they share nothing. */
export function sharedWindow(a: Window, b: Window): Window | null {
  const start = (axis: 0 | 1) => Math.max(a.startVox[axis], b.startVox[axis]);
  const end = (axis: 0 | 1) =>
    Math.min(
      a.startVox[axis] + a.shapeVox[axis],
      b.startVox[axis] + b.shapeVox[axis],
    );
  const startVox: Yx = [start(0), start(1)];
  const shapeVox: Yx = [end(0) - startVox[0], end(1) - startVox[1]];
  return shapeVox[0] > 0 && shapeVox[1] > 0 ? { startVox, shapeVox } : null;
}

/**
 * Copies the voxels that two planes of one section share from the first into the
 * second; the rest of it stays as it was. From a section to its aligned window it
 * aligns, the other way round it reverses (techniques A8.2, A8.5).
 */
export function copyShared<T extends Voxels>(
  from: Plane<T>,
  to: Plane<T>,
): void {
  checkPlane(from);
  checkPlane(to);
  const shared = sharedWindow(from, to);
  if (!shared) return;
  const [rows, columns] = shared.shapeVox;
  const at = ({ startVox, shapeVox }: Window, y: number) =>
    (shared.startVox[0] - startVox[0] + y) * shapeVox[1] +
    shared.startVox[1] - startVox[1];
  for (let y = 0; y < rows; y++) {
    const start = at(from, y);
    to.voxels.set(
      from.voxels.subarray(start, start + columns) as never,
      at(to, y),
    );
  }
}

function checkPlane({ voxels, shapeVox }: Plane<Voxels>): void {
  if (voxels.length !== shapeVox[0] * shapeVox[1]) {
    throw new RangeError(
      `Cannot copy a plane of ${shapeVox.join(" × ")} voxels: ` +
        `it has ${voxels.length}`,
    );
  }
}
