import { sizeOf, type Zyx } from "../volume.ts";
import { addressOf, filled } from "./arena.ts";
import { turn } from "./kernels.wasm";

/** Flips, and then an exchange of y and x. */
export interface Turn {
  /** Whether the order of the sections turns round. */
  readonly flipZ?: boolean;
  /** Whether top and bottom change places. */
  readonly flipY?: boolean;
  /** Whether left and right change places. */
  readonly flipX?: boolean;
  /** Whether y and x change places. */
  readonly transpose?: boolean;
}

/** A `[D, H, W]` array flipped, then `[D, W, H]` if it is transposed. */
export function turned<T extends Float32Array | Uint8Array>(
  array: T,
  shapeVox: Zyx,
  { flipZ = false, flipY = false, flipX = false, transpose = false }: Turn,
): T {
  const [depth, height, width] = shapeVox;
  const n = sizeOf(shapeVox);
  if (array.length !== n) {
    throw new RangeError(`Cannot turn ${array.length} values as [${shapeVox}]`);
  }
  const type = array instanceof Uint8Array ? Uint8Array : Float32Array;
  return filled<Float32Array | Uint8Array>(
    { type, length: n },
    (result) =>
      turn(
        addressOf(array),
        result,
        type.BYTES_PER_ELEMENT,
        depth,
        height,
        width,
        +flipZ,
        +flipY,
        +flipX,
        +transpose,
      ),
  ) as T;
}
