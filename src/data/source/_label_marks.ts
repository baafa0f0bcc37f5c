import type { NumberKind } from "../voxels/mod.ts";

/**
 * A value that may stand for background: CREMI's 2^64 - 1, or what became of it
 * in another type.
 */
export interface Mark {
  /** The value; of types of 64 bits as whole numbers without a sign. */
  readonly value: number | bigint;
  /** What then stands for unknown: CREMI's 2^64 - 2 in that type. */
  readonly unknown?: number | bigint;
  /**
   * Whether it is background in any case, as it can be no id; or if nothing
   * speaks against it; or if more than half of the voxels have it.
   */
  readonly when: "always" | "unless" | "most";
}

/** All that is one in 8, 16 and 32 bits. */
const ones = [0xff, 0xffff, 0xffffffff];

/** The values of a type that may stand for background. */
export function marksOf(kind: NumberKind): readonly Mark[] {
  if (kind === "bool") return [];
  const bits = Number(kind.slice(1));
  if (kind.startsWith("f")) return floatMarks(bits);
  return bits === 64
    ? wideMarks(kind === "i64")
    : kind.startsWith("u")
    ? [...narrower(bits), { ...mark(2 ** bits - 1), when: "unless" }]
    : signedMarks(bits);
}

function mark(value: number): { value: number; unknown: number } {
  return { value, unknown: value - 1 };
}

/** Labels of fewer bits that were widened. */
function narrower(bits: number): Mark[] {
  return ones.filter((value) => value < 2 ** bits - 1)
    .map((value) => ({ ...mark(value), when: "most" }));
}

function signedMarks(bits: number): Mark[] {
  return [
    { ...mark(-1), when: "always" },
    ...narrower(bits - 1),
    { value: 2 ** (bits - 1) - 1, when: "unless" }, // as conversions that clip give
  ];
}

function wideMarks(isSigned: boolean): Mark[] {
  const high: Mark = {
    value: 0xffffffffffffffffn,
    unknown: 0xfffffffffffffffen,
    when: "always",
  };
  const others = ones.map((value): Mark => ({
    value: BigInt(value),
    unknown: BigInt(value - 1),
    when: "most",
  }));
  return isSigned
    ? [high, ...others, { value: 0x7fffffffffffffffn, when: "unless" }]
    : [high, ...others];
}

/** Floats round the large ones: background and unknown become one value. */
function floatMarks(bits: number): Mark[] {
  const marks: Mark[] = [
    { ...mark(-1), when: "always" },
    { ...mark(0xff), when: "most" },
  ];
  if (bits === 16) return [...marks, { value: Infinity, when: "always" }];
  return [
    ...marks,
    { ...mark(0xffff), when: "most" },
    bits === 32
      ? { value: 2 ** 32, when: "most" }
      : { ...mark(0xffffffff), when: "most" },
    { value: 2 ** 64, when: "always" },
  ];
}
