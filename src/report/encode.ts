import { Buffer } from "node:buffer";

/** Points of a curve. */
export interface Points {
  /** Training steps, rising. */
  readonly steps: readonly number[];
  /** One value a step; not finite where the curve has a gap. */
  readonly values: readonly number[];
}

/** A curve as the page carries it; `client/decode.js` reads it. */
export interface EncodedPoints {
  /** Base64 of the steps: each minus the one before, 7 bits a byte, low first. */
  readonly x: string;
  /** Base64 of the values: the first three bytes of float32, big-endian, about five digits. */
  readonly y: string;
}

/** Packs whole steps from 0 that do not fall, and their values to about five digits. */
export function encodePoints({ steps, values }: Points): EncodedPoints {
  const bytes: number[] = [];
  let before = 0;
  for (const step of steps) {
    let rest = step - before;
    before = step;
    if (!Number.isSafeInteger(rest) || rest < 0) {
      throw new RangeError(
        `Cannot draw a curve: steps must be whole and rise, found ${step}`,
      );
    }
    while (rest >= 128) {
      bytes.push(rest % 128 + 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  }
  const y = new Uint8Array(values.length * 3);
  const whole = new DataView(new ArrayBuffer(4));
  values.forEach((value, i) => {
    whole.setFloat32(0, value);
    const rounded = whole.getUint32(0) + 0x80;
    const isFinite = (rounded & 0x7f800000) !== 0x7f800000;
    if (isFinite) whole.setUint32(0, rounded); // else it stays as large as it is
    for (let k = 0; k < 3; k++) y[3 * i + k] = whole.getUint8(k);
  });
  return {
    x: base64(Uint8Array.from(bytes)),
    y: base64(y),
  };
}

/** Bytes in base64. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("base64");
}
