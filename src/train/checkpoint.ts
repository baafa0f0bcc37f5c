import { ExperimentError } from "@/core/mod.ts";
import { type Network, sizeOfWeight, type WeightSpec } from "@/model/mod.ts";
import { cutArray, type Snapshot, weightsOf } from "./snapshot.ts";

const format = "cleft-checkpoint-1";
const slotPrefix = "optimizer/";

/**
 * Writes a snapshot as a safetensors file, which Python and others read too:
 * eight bytes with the length of a JSON header, the header, the numbers.
 */
export function encodeCheckpoint(
  snapshot: Snapshot,
  network: Network,
): Uint8Array {
  const { trained, buffers } = weightsOf(network);
  const parts = [
    ...namedParts("", snapshot.weights, trained),
    ...namedParts("", snapshot.buffers, buffers),
    ...Object.entries(snapshot.slots).flatMap(([slot, values]) =>
      namedParts(`${slotPrefix}${slot}/`, values, trained)
    ),
  ];
  let end = 0;
  const entries = parts.map(({ name, shape, values }) => [name, {
    dtype: "F32",
    shape,
    data_offsets: [end, end += values.byteLength],
  }]);
  const text = JSON.stringify({
    __metadata__: { format, step: `${snapshot.step}` },
    ...Object.fromEntries(entries),
  });
  const header = new TextEncoder().encode(text.padEnd(text.length + 7 & ~7));
  const bytes = new Uint8Array(8 + header.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const { values } of parts) {
    bytes.set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      at,
    );
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Reads a snapshot for a network.
 *
 * @throws {ExperimentError} If the file is damaged, of a newer format, or of
 * another architecture; `where` says which file.
 */
export function decodeCheckpoint(
  bytes: Uint8Array,
  network: Network,
  { slotNames, where }: { slotNames: readonly string[]; where: string },
): Snapshot {
  const { header, data } = readHeader(bytes, where);
  const take = (name: string, spec: WeightSpec): Float32Array => {
    const entry = header[name];
    const shape = spec.shape.join("×");
    if (!entry?.shape || entry.shape.join("×") !== shape) {
      throw new ExperimentError(
        `Cannot load checkpoint: weight "${name}" is ` +
          `${entry?.shape?.join("×") ?? "missing"}, should be ${shape}`,
        { where, fix: "Load it into the network that it was trained with" },
      );
    }
    const [start, end] = entry.data_offsets!;
    if (end - start !== 4 * sizeOfWeight(spec) || end > data.length) {
      throw damaged(where, `weight "${name}" is cut off`);
    }
    return new Float32Array(data.slice(start, end).buffer);
  };
  const join = (prefix: string, specs: readonly WeightSpec[]) => {
    const whole = new Float32Array(
      specs.reduce((n, spec) => n + sizeOfWeight(spec), 0),
    );
    cutArray(whole, specs).forEach((part, i) =>
      part.set(take(prefix + specs[i]!.name, specs[i]!))
    );
    return whole;
  };
  const { trained, buffers } = weightsOf(network);
  return {
    step: Number(header.__metadata__?.step),
    weights: join("", trained),
    buffers: join("", buffers),
    slots: Object.fromEntries(
      slotNames.map((slot) => [slot, join(`${slotPrefix}${slot}/`, trained)]),
    ),
  };
}

interface HeaderEntry {
  readonly shape?: readonly number[];
  readonly data_offsets?: readonly [number, number];
  readonly format?: string;
  readonly step?: string;
}

function readHeader(
  bytes: Uint8Array,
  where: string,
): { header: Record<string, HeaderEntry>; data: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8
    ? Infinity
    : Number(view.getBigUint64(0, true));
  if (8 + length > bytes.length) throw damaged(where, "its header is cut off");
  let header: Record<string, HeaderEntry>;
  try {
    const text = new TextDecoder("utf-8", { fatal: true })
      .decode(bytes.subarray(8, 8 + length));
    header = JSON.parse(text);
  } catch (cause) {
    throw damaged(where, "its header is no JSON", cause);
  }
  const found = header.__metadata__?.format;
  if (found !== format) {
    throw new ExperimentError(
      `Cannot load checkpoint: its format is "${found}", should be "${format}"`,
      { where, fix: "Use the version of Cleft that wrote it" },
    );
  }
  return { header, data: bytes.subarray(8 + length) };
}

function damaged(where: string, what: string, cause?: unknown) {
  return new ExperimentError(`Cannot load checkpoint: ${what}`, {
    where,
    fix: "Resume from an older checkpoint; this one is damaged",
    cause,
  });
}

function namedParts(
  prefix: string,
  whole: Float32Array,
  specs: readonly WeightSpec[],
) {
  return cutArray(whole, specs).map((values, i) => ({
    name: prefix + specs[i]!.name,
    shape: specs[i]!.shape,
    values,
  }));
}
