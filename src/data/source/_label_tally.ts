import { ExperimentError, sizeOf, wholeBox } from "@/core/mod.ts";
import type { NumberKind, Numbers, VoxelArray } from "../voxels/mod.ts";
import { slabsOf } from "../volume/slabs.ts";
import { type Mark, marksOf } from "./_label_marks.ts";

/** How often the values of labels occur that may mean something. */
export interface LabelTally {
  /** All voxels. */
  readonly voxels: number;
  /** Voxels that are 0. */
  readonly zeros: number;
  /** Voxels of each mark of the type, in the order of `marksOf`. */
  readonly marked: readonly number[];
  /** Voxels that are neither 0 nor a mark. */
  readonly others: number;
}

/** Fails for a value that can be no label. */
type Refuse = (value: number | bigint, why: string) => never;

const belowZero = "ids are above 0";

/** Whether labels are read as pairs of 32 bits. */
export function isPair(kind: NumberKind): boolean {
  return kind === "u64" || kind === "i64";
}

/**
 * Counts the values of labels, some sections at a time. Labels of 64 bits that
 * have CREMI's background are CREMI's: the counting ends with the first of them.
 *
 * @throws {ExperimentError} If one can be no id: NaN, no whole number, negative.
 */
export function tallyLabels(labels: VoxelArray, where: string): LabelTally {
  const marks = marksOf(labels.kind);
  const refuse = (value: number | bigint, why: string): never => {
    throw new ExperimentError(
      `Cannot read labels from "${labels.name}": they are ${labels.kind} and ` +
        `one is ${value}, ${why}`,
      { where, fix: "Write 0 for background and ids from 1, best as u64" },
    );
  };
  const counter = isPair(labels.kind)
    ? new PairCounter(marks, labels.kind === "i64", refuse)
    : new Counter(marks, refuse);
  for (const { box } of slabsOf(wholeBox(labels.shapeVox))) {
    counter.add(labels.read(box));
    if (labels.kind === "u64" && counter.marked[0]! > 0) break;
  }
  const { zeros, marked, others } = counter;
  return { voxels: sizeOf(labels.shapeVox), zeros, marked, others };
}

/** Counts numbers of up to 32 bits, and floats. */
class Counter {
  zeros = 0;
  others = 0;
  readonly marked: number[];
  readonly #values: readonly number[];
  readonly #mayBe: readonly number[];
  readonly #refuse: Refuse;

  constructor(marks: readonly Mark[], refuse: Refuse) {
    this.#values = marks.map(({ value }) => Number(value));
    this.#mayBe = marks.flatMap(({ unknown }) =>
      unknown === undefined ? [] : [Number(unknown)]
    );
    this.marked = marks.map(() => 0);
    this.#refuse = refuse;
  }

  add(numbers: Numbers): void {
    let last = 0, lastMark = -1; // labels come in runs
    for (let i = 0; i < numbers.length; i++) {
      const value = numbers[i] as number;
      if (value === 0) {
        this.zeros++;
        continue;
      }
      if (value !== last) {
        last = value;
        lastMark = this.#values.indexOf(value);
        if (lastMark === -1) this.#check(value);
      }
      if (lastMark === -1) this.others++;
      else this.marked[lastMark]!++;
    }
  }

  #check(value: number): void {
    if (value > 0 && Number.isInteger(value)) return;
    if (this.#mayBe.includes(value)) return;
    this.#refuse(
      value,
      Number.isInteger(value) ? belowZero : "they should be whole numbers",
    );
  }
}

/** Counts numbers of 64 bits as pairs of 32: ten times faster than bigints. */
class PairCounter {
  zeros = 0;
  others = 0;
  readonly marked: number[];
  readonly #low: readonly number[];
  readonly #high: readonly number[];
  readonly #isSigned: boolean;
  readonly #refuse: Refuse;

  constructor(marks: readonly Mark[], isSigned: boolean, refuse: Refuse) {
    this.#low = marks.map(({ value }) => Number(BigInt(value) & 0xffffffffn));
    this.#high = marks.map(({ value }) => Number(BigInt(value) >> 32n));
    this.marked = marks.map(() => 0);
    this.#isSigned = isSigned;
    this.#refuse = refuse;
  }

  add(numbers: Numbers): void {
    const halves = new Uint32Array(numbers.buffer as ArrayBuffer);
    for (let i = 0; i < halves.length; i += 2) {
      const low = halves[i]!, high = halves[i + 1]!;
      if ((low | high) === 0) {
        this.zeros++;
        continue;
      }
      const mark = this.#low.findIndex((l, k) =>
        l === low && this.#high[k] === high
      );
      if (mark !== -1) {
        this.marked[mark]!++;
        continue;
      }
      if (this.#isSigned && high >= 0x80000000 && !isMinusTwo(low, high)) {
        this.#refuse((numbers as BigInt64Array)[i / 2]!, belowZero);
      }
      this.others++;
    }
  }
}

function isMinusTwo(low: number, high: number): boolean {
  return high === 0xffffffff && low === 0xfffffffe;
}
