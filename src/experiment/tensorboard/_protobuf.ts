/**
 * Pieces of a message of protocol buffers, as far as event files need them
 * (https://protobuf.dev/programming-guides/encoding).
 *
 * @module
 */
const textEncoder = new TextEncoder(), textDecoder = new TextDecoder();

/** Bytes one after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A whole number of at least 0 as a varint. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

/** A field that holds a whole number of at least 0. */
export function wholeField(field: number, value: number): Uint8Array {
  return joined(varint(field << 3), varint(value));
}

/** A field that holds bytes, a text or a message. */
export function bytesField(
  field: number,
  value: string | Uint8Array,
): Uint8Array {
  const bytes = typeof value === "string" ? textEncoder.encode(value) : value;
  return joined(varint(field << 3 | 2), varint(bytes.length), bytes);
}

/** A field of 64 bits that holds a double. */
export function doubleField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return joined(varint(field << 3 | 1), bytes);
}

/** A field of 32 bits that holds a float. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined(varint(field << 3 | 5), bytes);
}

/** What a field holds: a whole number, or the bytes of anything else. */
export type FieldValue = bigint | Uint8Array;

/**
 * The fields of a message with their numbers, in order.
 *
 * @throws {RangeError} If the bytes are no message.
 */
export function* fieldsOf(
  bytes: Uint8Array,
): Generator<readonly [field: number, value: FieldValue]> {
  let at = 0;
  const number = () => {
    for (let value = 0n, shift = 0n;; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError("a number is cut short");
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (count: number) => {
    if (at + count > bytes.length) throw new RangeError("a field is cut short");
    return bytes.subarray(at, at += count);
  };
  while (at < bytes.length) {
    const key = Number(number()), kind = key & 7;
    if (![0, 1, 2, 5].includes(kind)) {
      throw new RangeError(`there are no fields of kind ${kind}`);
    }
    yield [
      key >>> 3,
      kind === 0
        ? number()
        : take(kind === 1 ? 8 : kind === 5 ? 4 : Number(number())),
    ];
  }
}

/** The bytes of a field as text. */
export function textOf(value: FieldValue): string {
  return typeof value === "bigint" ? `${value}` : textDecoder.decode(value);
}
