/** Some numbers of an array, and where they lie in it. */
export interface Chunk {
  /** Its numbers, in any order. */
  readonly data: ArrayBufferView;
  readonly shape: readonly number[];
  /** From one number to the next along each axis. */
  readonly stride: readonly number[];
  readonly start: readonly number[];
}

/** A box of an array, all axes, and where its numbers go. */
export interface BoxBytes {
  readonly start: readonly number[];
  readonly shape: readonly number[];
  /** Bytes of a number. */
  readonly bytes: number;
  /** Where they go, in order. */
  readonly result: ArrayBufferLike;
}

/** The places of all chunks that a box touches. */
export function chunksOf(
  chunks: readonly number[],
  { start, shape }: Pick<BoxBytes, "start" | "shape">,
): number[][] {
  return chunks.reduce<number[][]>((places, extent, axis) => {
    const first = Math.floor(start[axis]! / extent);
    const end = Math.ceil((start[axis]! + shape[axis]!) / extent);
    return places.flatMap((place) =>
      Array.from({ length: end - first }, (_, i) => [...place, first + i])
    );
  }, [[]]);
}

/**
 * Copies what a chunk shares with a box to where the box's numbers go.
 *
 * @throws {Error} If the chunk has not as many numbers as it should.
 */
export function copyChunk(
  { data, shape, stride, start }: Chunk,
  box: BoxBytes,
): void {
  const { bytes } = box, rank = shape.length;
  const wanted = bytes * shape.reduce((product, extent) => product * extent, 1);
  const found = bytesIn(data);
  if (found.byteLength !== wanted) {
    throw new Error(
      `a chunk has ${found.byteLength} bytes where ${wanted} should be`,
    );
  }
  const from = words(found, bytes),
    to = words(new Uint8Array(box.result), bytes);
  const first = start.map((at, axis) => Math.max(at, box.start[axis]!));
  const count = first.map((at, axis) =>
    Math.min(
      start[axis]! + shape[axis]!,
      box.start[axis]! + box.shape[axis]!,
    ) - at
  );
  const boxStride = box.shape.map((_, axis) =>
    box.shape.slice(axis + 1).reduce((product, extent) => product * extent, 1)
  );
  const last = rank - 1, length = count[last]!, step = stride[last]!;
  const copy = (axis: number, source: number, target: number): void => {
    source += (first[axis]! - start[axis]!) * stride[axis]!;
    target += (first[axis]! - box.start[axis]!) * boxStride[axis]!;
    if (axis < last) {
      for (let i = 0; i < count[axis]!; i++) {
        copy(
          axis + 1,
          source + i * stride[axis]!,
          target + i * boxStride[axis]!,
        );
      }
    } else if (step === 1) {
      to.set(from.subarray(source, source + length) as never, target);
    } else {
      for (let i = 0; i < length; i++) {
        to[target + i] = from[source + i * step]!;
      }
    }
  };
  copy(0, 0, 0);
}

/** The bytes of numbers; zarrita's array of booleans is none of JavaScript's. */
function bytesIn(data: ArrayBufferView): Uint8Array {
  const { buffer, byteOffset = 0, byteLength } = data as {
    buffer: ArrayBuffer;
    byteOffset?: number;
    byteLength?: number;
  };
  return new Uint8Array(buffer, byteOffset, byteLength ?? buffer.byteLength);
}

type Words = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Bytes as words that are moved whole; floats of 64 bits keep theirs. */
function words({ buffer, byteOffset, byteLength }: Uint8Array, bytes: number) {
  const Type = bytes === 8
    ? BigUint64Array
    : bytes === 4
    ? Uint32Array
    : bytes === 2
    ? Uint16Array
    : Uint8Array;
  const length = Math.floor(byteLength / bytes);
  return new Type(
    buffer as ArrayBuffer,
    byteOffset,
    length,
  ) as unknown as Words;
}
