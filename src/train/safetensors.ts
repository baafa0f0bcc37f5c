import { z } from "zod";
import type { ExperimentError } from "@/core/mod.ts";

/** An array of 32-bit floating-point numbers with its shape. */
export interface NamedArray {
  /** Its name; unique in a file. */
  readonly name: string;
  /** Its shape. */
  readonly shape: readonly number[];
  /** Its numbers, last axis fastest. */
  readonly values: Float32Array;
}

/** What is read of a safetensors file. */
export interface Safetensors {
  /** Texts by name that the writer has put in. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The names of the arrays, in the header's order. */
  readonly names: readonly string[];
  /**
   * The array of a name; undefined if there is none.
   *
   * @throws {ExperimentError} If it is cut off or holds other numbers.
   */
  get(name: string): NamedArray | undefined;
}

/**
 * Writes arrays as safetensors, which Python and others read too: eight bytes
 * with the length of a JSON header, the header, the numbers.
 */
export function encodeSafetensors(
  arrays: readonly NamedArray[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let end = 0;
  const entries = arrays.map(({ name, shape, values }) => [name, {
    dtype: "F32",
    shape,
    data_offsets: [end, end += values.byteLength],
  }]);
  const text = JSON.stringify({
    __metadata__: metadata,
    ...Object.fromEntries(entries),
  });
  const header = new TextEncoder().encode(text.padEnd(text.length + 7 & ~7));
  const bytes = new Uint8Array(8 + header.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const { values } of arrays) {
    bytes.set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      at,
    );
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Opens a safetensors file.
 *
 * @param damaged Makes the error for what is wrong with it.
 * @throws {ExperimentError} If its header is cut off or no JSON.
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  damaged: (what: string, cause?: unknown) => ExperimentError,
): Safetensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8
    ? Infinity
    : Number(view.getBigUint64(0, true));
  if (8 + length > bytes.length) throw damaged("its header is cut off");
  const { metadata, entries } = readHeader(
    bytes.subarray(8, 8 + length),
    damaged,
  );
  const data = bytes.subarray(8 + length);
  return {
    metadata,
    names: [...entries.keys()],
    get(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      const { dtype, shape, data_offsets: [start, end] } = entry;
      if (dtype !== "F32") {
        throw damaged(`"${name}" holds numbers of type ${dtype}, not F32`);
      }
      const size = shape.reduce((product, n) => product * n, 1);
      if (end - start !== 4 * size || end > data.length) {
        throw damaged(`weight "${name}" is cut off`);
      }
      const values = new Float32Array(data.slice(start, end).buffer);
      return { name, shape, values };
    },
  };
}

const whole = z.int().min(0);
const textsSchema = z.record(z.string(), z.string()).nullish();
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(whole),
  data_offsets: z.tuple([whole, whole]),
});

/** What the header says, checked; the arrays it tells of in its order. */
function readHeader(
  bytes: Uint8Array,
  damaged: (what: string, cause?: unknown) => ExperimentError,
) {
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    );
  } catch (cause) {
    throw damaged("its header is no JSON", cause);
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw damaged("its header is no object");
  }
  const { __metadata__: texts, ...arrays } = header as Record<string, unknown>;
  const metadata = textsSchema.safeParse(texts);
  if (!metadata.success) throw damaged("its metadata are no texts");
  const entries = Object.entries(arrays).map(([name, array]) => {
    const entry = entrySchema.safeParse(array);
    if (entry.success) return [name, entry.data] as const;
    throw damaged(
      `"${name}" is not described by dtype, shape and data_offsets`,
      entry.error,
    );
  });
  return { metadata: metadata.data ?? {}, entries: new Map(entries) };
}
