import {
  holdsMean,
  meanPrefix,
  openCheckpoint,
  slotPrefix,
} from "./checkpoint.ts";
import { encodeSafetensors } from "./safetensors.ts";

/**
 * The weights of a checkpoint that predict, as a safetensors file: their mean
 * where there is one, without what the optimizer keeps.
 *
 * @throws {ExperimentError} If the checkpoint is damaged.
 */
export function predictingWeights(
  bytes: Uint8Array,
  { where, metadata }: {
    /** Which checkpoint it is, for errors. */
    readonly where: string;
    /** Texts to put into the file, by name. */
    readonly metadata: Readonly<Record<string, string>>;
  },
): Uint8Array<ArrayBuffer> {
  const file = openCheckpoint(bytes, where);
  const prefix = holdsMean(file) ? meanPrefix : "";
  const names = file.names.filter((name) =>
    name.startsWith(prefix) && !name.startsWith(slotPrefix)
  );
  const arrays = names.map((name) => ({
    ...file.get(name)!,
    name: name.slice(prefix.length),
  }));
  const { step } = file.metadata;
  return encodeSafetensors(arrays, { ...metadata, ...(step && { step }) });
}
