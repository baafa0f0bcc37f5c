import { type Connectivity, SectionLabels, type Zyx } from "@/core/mod.ts";
import type { Called, Sections } from "./_step.ts";

/** A mask, a section at a time. */
export interface MaskSections {
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Which voxels touch. */
  readonly connectivity: Connectivity;
  /** Whether the first and last sections are borders; they are unless told. */
  readonly hasEnds?: boolean;
  /** A section, `[H, W]`; not 0 in objects. */
  section(z: number): Uint8Array;
}

/** What is known of an object. */
export interface ObjectFacts {
  /** Voxels. */
  readonly sizeVox: number;
  /** Sections that it reaches. */
  readonly sections: number;
  /** Mean of the probabilities; 0 where none are given. */
  readonly meanProbability: number;
  /** The highest of the probabilities. */
  readonly highestProbability: number;
  /** Whether it reaches the border of the volume. */
  readonly isAtBorder: boolean;
}

/** The objects of a mask. */
export interface Objects {
  /** What is known of each, in the order of their first voxels. */
  readonly facts: readonly ObjectFacts[];
  /**
   * Section by section the object of each voxel, from 1, and 0 elsewhere; the
   * array is used again. The mask must be as it was until a section is given.
   */
  sections(): Generator<Int32Array>;
}

/** Finds the connected objects of a mask in one pass over its sections. */
export function objectsOf(
  mask: MaskSections,
  probability?: Sections,
): Objects {
  const [depth, height, width] = mask.shapeVox;
  const labels = new Int32Array(height * width);
  const sizes = [0], sums = [0], highest = [0], firsts = [0], lasts = [0];
  const atBorder = [false];
  const finder = new SectionLabels([height, width], mask.connectivity);
  for (let z = 0; z < depth; z++) {
    finder.add(mask.section(z), labels);
    const values = probability?.section(z);
    const isEnd = mask.hasEnds !== false && (z === 0 || z === depth - 1);
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i]!;
      if (label === 0) continue;
      if (label === sizes.length) {
        sizes.push(0), sums.push(0), highest.push(0);
        firsts.push(z), lasts.push(z), atBorder.push(false);
      }
      const value = values?.[i] ?? 0, x = i % width;
      sizes[label]! += 1;
      sums[label]! += value;
      if (value > highest[label]!) highest[label] = value;
      lasts[label] = z;
      if (
        isEnd || x === 0 || x === width - 1 || i < width ||
        i >= labels.length - width
      ) atBorder[label] = true;
    }
  }
  const { numbers, count } = finder.number();
  const facts = Array.from({ length: count }, () => ({
    sizeVox: 0,
    sum: 0,
    highestProbability: 0,
    first: Infinity,
    last: 0,
    isAtBorder: false,
  }));
  for (let label = 1; label < numbers.length; label++) {
    const object = facts[numbers[label]! - 1]!;
    object.sizeVox += sizes[label]!;
    object.sum += sums[label]!;
    object.highestProbability = Math.max(
      object.highestProbability,
      highest[label]!,
    );
    object.first = Math.min(object.first, firsts[label]!);
    object.last = Math.max(object.last, lasts[label]!);
    object.isAtBorder ||= atBorder[label]!;
  }
  return {
    facts: facts.map(({ sum, first, last, ...object }) => ({
      ...object,
      sections: last - first + 1,
      meanProbability: sum / object.sizeVox,
    })),
    *sections() {
      const again = new SectionLabels([height, width], mask.connectivity);
      for (let z = 0; z < depth; z++) {
        again.add(mask.section(z), labels);
        for (let i = 0; i < labels.length; i++) {
          labels[i] = numbers[labels[i]!]!;
        }
        yield labels;
      }
    },
  };
}

/** What is called cleft as sections of a mask. */
export function maskOf(
  { cleft, connectivity, probability: { shapeVox } }: Called,
): MaskSections {
  const area = shapeVox[1] * shapeVox[2];
  return {
    shapeVox,
    connectivity,
    section: (z) => cleft.subarray(z * area, (z + 1) * area),
  };
}

/** Takes away the objects that are not to be kept, in place. */
export function keepObjects(
  called: Called,
  { isKept, probability }: {
    isKept(object: ObjectFacts): boolean;
    /** Read only where it is given: what is kept then depends on it. */
    readonly probability?: Sections;
  },
): Called {
  const objects = objectsOf(maskOf(called), probability);
  const keeps = Uint8Array.from([0, ...objects.facts.map(isKept).map(Number)]);
  let at = 0;
  for (const numbers of objects.sections()) {
    for (let i = 0; i < numbers.length; i++) {
      called.cleft[at++] = keeps[numbers[i]!]!;
    }
  }
  return called;
}
