import { ExperimentError } from "@/core/mod.ts";
import { type Network, sizeOfWeight, type WeightSpec } from "@/model/mod.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedArray,
  type Safetensors,
} from "./safetensors.ts";
import { cutArray, type Snapshot, type Values, weightsOf } from "./snapshot.ts";

const format = "cleft-checkpoint-1";
/** Begins the names of what the optimizer keeps in a checkpoint. */
export const slotPrefix = "optimizer/";
/** Begins the names of mean weights in a checkpoint. */
export const meanPrefix = "mean/";

/** Writes a snapshot as a safetensors file. */
export function encodeCheckpoint(
  snapshot: Snapshot,
  network: Network,
): Uint8Array<ArrayBuffer> {
  const { trained, buffers } = weightsOf(network);
  const values = (prefix: string, { weights, buffers: fixed }: Values) => [
    ...namedParts(prefix, weights, trained),
    ...namedParts(prefix, fixed, buffers),
  ];
  const arrays = [
    ...values("", snapshot),
    ...Object.entries(snapshot.slots).flatMap(([slot, values]) =>
      namedParts(`${slotPrefix}${slot}/`, values, trained)
    ),
    ...(snapshot.mean ? values(meanPrefix, snapshot.mean) : []),
  ];
  return encodeSafetensors(arrays, { format, step: `${snapshot.step}` });
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
  const file = openCheckpoint(bytes, where);
  const take = (name: string, spec: WeightSpec): Float32Array => {
    const found = file.get(name);
    const shape = spec.shape.join("×");
    if (found?.shape.join("×") === shape) return found.values;
    throw new ExperimentError(
      `Cannot load checkpoint: weight "${name}" is ` +
        `${found?.shape.join("×") ?? "missing"}, should be ${shape}`,
      { where, fix: "Load it into the network that it was trained with" },
    );
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
  const values = (prefix: string): Values => ({
    weights: join(prefix, trained),
    buffers: join(prefix, buffers),
  });
  return {
    step: stepOf(file, where),
    ...values(""),
    slots: Object.fromEntries(
      slotNames.map((slot) => [slot, join(`${slotPrefix}${slot}/`, trained)]),
    ),
    ...(holdsMean(file) && { mean: values(meanPrefix) }),
  };
}

function stepOf({ metadata: { step } }: Safetensors, where: string): number {
  if (step !== undefined && /^\d{1,15}$/.test(step)) return Number(step);
  throw new ExperimentError(
    `Cannot load checkpoint: its step is "${step}", no whole number`,
    { where, fix: "Resume from an older checkpoint; this one is damaged" },
  );
}

/** Whether a checkpoint holds the mean of the weights besides them. */
export function holdsMean({ names }: Pick<Safetensors, "names">): boolean {
  return names.some((name) => name.startsWith(meanPrefix));
}

/**
 * Opens a checkpoint without asking for a network.
 *
 * @throws {ExperimentError} If the file is damaged or of a newer format.
 */
export function openCheckpoint(bytes: Uint8Array, where: string): Safetensors {
  const file = decodeSafetensors(
    bytes,
    (what, cause) =>
      new ExperimentError(`Cannot load checkpoint: ${what}`, {
        where,
        fix: "Resume from an older checkpoint; this one is damaged",
        cause,
      }),
  );
  const found = file.metadata.format;
  if (found === format) return file;
  throw new ExperimentError(
    `Cannot load checkpoint: its format is "${found}", should be "${format}"`,
    { where, fix: "Use the version of Cleft that wrote it" },
  );
}

function namedParts(
  prefix: string,
  whole: Float32Array,
  specs: readonly WeightSpec[],
): readonly NamedArray[] {
  return cutArray(whole, specs).map((values, i) => ({
    name: prefix + specs[i]!.name,
    shape: specs[i]!.shape,
    values,
  }));
}
