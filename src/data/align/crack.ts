import type { Repair } from "@/align/mod.ts";

/** A torn section, and how it is put together. */
export interface Crack extends Repair {
  /** Its number in the aligned volume. */
  readonly section: number;
  /** How well each part suits the neighbours; null if a matrix was given. */
  readonly correlations: readonly (number | null)[];
}
