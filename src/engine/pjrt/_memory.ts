/** A copy of the bytes at an address of native memory. */
export function bytesAt(
  address: bigint,
  count: bigint,
): Uint8Array<ArrayBuffer> {
  const pointer = Deno.UnsafePointer.create(address);
  if (pointer === null || count === 0n) return new Uint8Array(0);
  const bytes = Deno.UnsafePointerView.getArrayBuffer(pointer, Number(count));
  return new Uint8Array(bytes.slice(0));
}

/** The text at an address, which need not end with a zero. */
export function textAt(address: bigint, bytes: bigint): string {
  return new TextDecoder().decode(bytesAt(address, bytes));
}

/** The 64-bit numbers at an address: counts, sizes, or pointers. */
export function wordsAt(address: bigint, count: bigint): bigint[] {
  return [...new BigUint64Array(bytesAt(address, 8n * count).buffer)];
}

/** The 32-bit numbers at an address, such as values of an enumeration. */
export function numbersAt(address: bigint, count: bigint): number[] {
  return [...new Int32Array(bytesAt(address, 4n * count).buffer)];
}
