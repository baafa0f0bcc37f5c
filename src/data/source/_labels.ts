import { ExperimentError } from "@/core/mod.ts";
import type { Hdf5Dataset, Numbers } from "../hdf5/mod.ts";

/** Writes what is cleft and what is known of some stored labels. */
export type LabelReader = (
  labels: Numbers,
  target: Uint8Array,
  mask: Uint8Array,
) => void;

/**
 * How CREMI labels read. 64 bits: ids are clefts, 0 and 0xffffffffffffffff are
 * background, 0xfffffffffffffffe is unknown. Fewer bits cannot hold those two:
 * everything but 0 is cleft.
 *
 * @throws {ExperimentError} If they are not whole numbers.
 */
export function cremiLabels(
  { name, kind }: Hdf5Dataset,
  where: string,
): LabelReader {
  if (kind === "u64" || kind === "i64") return readCremi;
  if (kind.startsWith("f")) {
    throw new ExperimentError(
      `Cannot read labels from "${name}": they are ${kind}, ` +
        "they should be whole numbers",
      { where, fix: "Convert them to u64: ids, and 2^64 - 1 for background" },
    );
  }
  return readNonZero;
}

/** How the report's own labels read: 0 and all above 1e10 are background. */
export function mainLabels(_dataset: Hdf5Dataset): LabelReader {
  return readNonZero;
}

/** 64-bit labels as pairs of 32 bits, low ones first: ten times faster than bigints. */
const readCremi: LabelReader = (labels, target, mask) => {
  const halves = new Uint32Array(labels.buffer as ArrayBuffer);
  for (let i = 0; i < target.length; i++) {
    const low = halves[2 * i]!, high = halves[2 * i + 1]!;
    const isSpecial = high === 0xffffffff && low >= 0xfffffffe;
    target[i] = isSpecial || (low | high) === 0 ? 0 : 1;
    mask[i] = isSpecial && low === 0xfffffffe ? 0 : 1;
  }
};

const readNonZero: LabelReader = (labels, target, mask) => {
  for (let i = 0; i < target.length; i++) {
    const value = Number(labels[i]);
    target[i] = value !== 0 && !(value > 1e10) ? 1 : 0;
  }
  mask.fill(1);
};
