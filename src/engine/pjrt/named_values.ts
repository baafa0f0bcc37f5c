import { bytesAt, textAt, wordsAt } from "./_memory.ts";
import { addressOf, type View } from "./_struct.ts";

/**
 * A value with a name, such as an option of a client. Whole numbers are
 * `bigint` and fractions `number`, as a plugin refuses the one for the other.
 */
export type NamedValue = string | boolean | bigint | number | readonly bigint[];

/** Values by their names. */
export type NamedValues = Readonly<Record<string, NamedValue>>;

// PJRT_NamedValue: its size, extensions, name, bytes of the name, kind, value,
// and the count of the value, in words of 8 bytes.
const WORDS = 7;
const NAME = 2, NAME_BYTES = 3, KIND = 4, VALUE = 5, COUNT = 6;
const TEXT = 0, INTEGER = 1, INTEGERS = 2, FLOAT = 3, FLAG = 4;

/** Named values as the interface takes them, and the memory they point to. */
export function encodeNamedValues(
  values: NamedValues,
): { readonly list: BigUint64Array<ArrayBuffer>; readonly kept: View[] } {
  const entries = Object.entries(values);
  const list = new BigUint64Array(WORDS * entries.length);
  const kept: View[] = [];
  const keep = (view: View) => {
    kept.push(view);
    return addressOf(view);
  };
  entries.forEach(([name, value], i) => {
    const words = list.subarray(WORDS * i, WORDS * (i + 1));
    const nameBytes = new TextEncoder().encode(name);
    words[0] = BigInt(8 * WORDS);
    words[NAME] = keep(nameBytes);
    words[NAME_BYTES] = BigInt(nameBytes.length);
    words[COUNT] = 1n;
    if (typeof value === "string") {
      const text = new TextEncoder().encode(value);
      words[KIND] = BigInt(TEXT);
      words[VALUE] = keep(text);
      words[COUNT] = BigInt(text.length);
    } else if (typeof value === "boolean") {
      words[KIND] = BigInt(FLAG);
      words[VALUE] = BigInt(value);
    } else if (typeof value === "bigint") {
      words[KIND] = BigInt(INTEGER);
      words[VALUE] = BigInt.asUintN(64, value);
    } else if (typeof value === "number") {
      words[KIND] = BigInt(FLOAT);
      words[VALUE] = BigInt(floatBits(value));
    } else {
      words[KIND] = BigInt(INTEGERS);
      words[VALUE] = keep(BigInt64Array.from(value));
      words[COUNT] = BigInt(value.length);
    }
  });
  return { list, kept };
}

/** The named values at an address of native memory. */
export function decodeNamedValues(
  address: bigint,
  count: bigint,
): NamedValues {
  const values: Record<string, NamedValue> = {};
  if (count === 0n) return values;
  const [bytes] = wordsAt(address, 1n);
  const stride = (bytes! + 7n) & ~7n; // newer versions may have more fields
  for (let i = 0n; i < count; i++) {
    const words = wordsAt(address + i * stride, BigInt(WORDS));
    const name = textAt(words[NAME]!, words[NAME_BYTES]!);
    values[name] = decode(words);
  }
  return values;
}

function decode(words: readonly bigint[]): NamedValue {
  const value = words[VALUE]!, count = words[COUNT]!;
  const kind = Number(words[KIND]! & 0xffffffffn);
  if (kind === TEXT) return textAt(value, count);
  if (kind === INTEGER) return BigInt.asIntN(64, value);
  if (kind === FLOAT) return floatOf(Number(value & 0xffffffffn));
  if (kind === FLAG) return (value & 1n) === 1n;
  return [...new BigInt64Array(bytesAt(value, 8n * count).buffer)];
}

function floatBits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]!;
}

function floatOf(bits: number): number {
  return new Float32Array(Uint32Array.of(bits).buffer)[0]!;
}
