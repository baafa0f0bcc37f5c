/** What a field of a struct can be set to; views and structs as their address. */
export type FieldValue = bigint | number | boolean | View | Struct;

/** Memory of ours that native code reads or writes. */
export type View = ArrayBufferView<ArrayBuffer>;

/**
 * A struct of the interface: its size, a null pointer in place of extensions,
 * then fields 8 bytes apart. It keeps alive what its fields point to, for as
 * long as it lives itself.
 */
export class Struct {
  /** Its memory. Zeros follow, as a plugin may know more fields than we do. */
  readonly words: BigUint64Array<ArrayBuffer>;
  #kept: FieldValue[];

  /** Fills a struct; `lastBytes` is the width of the last field. */
  constructor(fields: readonly FieldValue[], lastBytes = 8) {
    this.#kept = [...fields];
    this.words = new BigUint64Array(HEAD + fields.length + SPARE);
    const bytes = 8 * (HEAD + fields.length) - (8 - lastBytes);
    this.words[0] = BigInt(bytes);
    fields.forEach((value, i) => this.words[HEAD + i] = toWord(value));
  }

  /** A field as an unsigned number. */
  get(field: number): bigint {
    return this.words[HEAD + field]!;
  }

  /** Changes a field. */
  set(field: number, value: FieldValue): void {
    this.#kept[field] = value;
    this.words[HEAD + field] = toWord(value);
  }

  /** Where it begins. */
  get pointer(): Deno.PointerValue {
    return Deno.UnsafePointer.of(this.words);
  }
}

/** The address of memory of ours; 0 if it is empty. */
export function addressOf(view: View): bigint {
  if (view.byteLength === 0) return 0n;
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(view));
}

const HEAD = 2;
const SPARE = 8;

function toWord(value: FieldValue): bigint {
  if (typeof value === "bigint") return BigInt.asUintN(64, value);
  if (typeof value === "number" || typeof value === "boolean") {
    return BigInt.asUintN(64, BigInt(value));
  }
  return addressOf(value instanceof Struct ? value.words : value);
}
