import type { Zyx } from "@/core/mod.ts";

/** Sections that are written at once, and where they go. */
export interface Appended<Numbers> {
  /** Their numbers, `[sections, H, W]`. */
  readonly sections: Numbers;
  /** The first of them. */
  readonly start: number;
  /** The one after the last. */
  readonly end: number;
}

/** Counts the sections of arrays that are written from the first to the last. */
export class SectionCount {
  readonly #missing = new Map<string, number>();

  /**
   * An array of some extent, which `write` writes to; the function returned takes
   * sections, at least one, and gives how many are missing then.
   */
  of<Numbers extends { readonly length: number }>(
    { name, shapeVox: [depth, height, width] }: {
      readonly name: string;
      readonly shapeVox: Zyx;
    },
    write: (appended: Appended<Numbers>) => void,
  ): (sections: Numbers) => number {
    const sectionVox = height * width;
    let start = 0;
    this.#missing.set(name, depth);
    return (sections) => {
      const end = start + sections.length / sectionVox;
      if (!Number.isInteger(end) || end > depth || end === start) {
        throw new RangeError(
          `Cannot append ${sections.length} numbers to "${name}": ` +
            `${depth - start} sections of ${sectionVox} are missing`,
        );
      }
      write({ sections, start, end });
      start = end;
      this.#missing.set(name, depth - end);
      return depth - end;
    };
  }

  /** Fails if an array of a file lacks sections. */
  check(path: string): void {
    for (const [name, sections] of this.#missing) {
      if (sections === 0) continue;
      throw new RangeError(
        `Cannot commit "${path}": "${name}" lacks ${sections} sections`,
      );
    }
  }
}
