import { reflected } from "@/core/mod.ts";
import type { AlignedFrame } from "./frame.ts";
import type { Yx } from "./shifts.ts";

/** The arrays whose voxels can be moved. */
export type Voxels =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

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

/**
 * The voxels of a window of a section, mirrored where the section has ended, as
 * grey values are (techniques A8.2).
 */
export function mirroredAround<T extends Voxels>(
  section: Plane<T>,
  window: Window,
): T {
  checkPlane(section);
  const [rows, columns] = window.shapeVox, [, width] = section.shapeVox;
  const ys = placesIn(section, window, 0), xs = placesIn(section, window, 1);
  const Type = section.voxels.constructor as new (n: number) => T;
  const result = new Type(rows * columns); // [rows, columns]
  // Columns from `low` to `high` lie inside and follow each other.
  const offset = window.startVox[1] - section.startVox[1];
  const low = Math.min(columns, Math.max(0, -offset));
  const high = Math.max(low, Math.min(columns, width - offset));
  for (let y = 0; y < rows; y++) {
    const row = ys[y]! * width, to = y * columns;
    for (let x = 0; x < low; x++) {
      result[to + x] = section.voxels[row + xs[x]!]!;
    }
    if (high > low) {
      const inside = section.voxels.subarray(
        row + offset + low,
        row + offset + high,
      );
      result.set(inside as never, to + low);
    }
    for (let x = high; x < columns; x++) {
      result[to + x] = section.voxels[row + xs[x]!]!;
    }
  }
  return result;
}

/** The places of a section that a window reads along an axis. */
function placesIn(section: Window, window: Window, axis: 0 | 1): Int32Array {
  const from = window.startVox[axis] - section.startVox[axis];
  return Int32Array.from(
    { length: window.shapeVox[axis] },
    (_, i) => reflected(from + i, section.shapeVox[axis]),
  );
}

function checkPlane({ voxels, shapeVox }: Plane<Voxels>): void {
  if (voxels.length !== shapeVox[0] * shapeVox[1]) {
    throw new RangeError(
      `Cannot copy a plane of ${shapeVox.join(" × ")} voxels: ` +
        `it has ${voxels.length}`,
    );
  }
}
