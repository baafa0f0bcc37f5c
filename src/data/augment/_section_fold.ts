import {
  cropArray,
  ExperimentError,
  meanOf,
  type Sample,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import {
  fillBand,
  type Fold,
  foldRows,
  moveGrey,
  moveLabels,
} from "./_fold.ts";
import { meanInside } from "./_mean_inside.ts";
import { pixel, sectionIn } from "./_parameters.ts";

/** A fold of one section of a sample, and what stands where it hides something. */
export interface SectionFold extends Fold {
  /** Which section, from 0. */
  readonly section: number;
  /** Grey value of the band: the mean of the section, or 0. */
  readonly fill: "mean" | "zero";
  /**
   * Labels stay where they are, move with the grey values, or move and are filled
   * along the band too, by their mean.
   */
  readonly labels: "stay" | "move" | "fill";
  /** A mean of the labels above this is cleft. */
  readonly binarizeAbove: number;
}

/** Matches a fold of a section of a patch. */
export function foldIn(shapeVox: Zyx) {
  return z.strictObject({
    section: sectionIn(shapeVox),
    fromVox: pixel,
    toVox: pixel,
    strengthVox: z.int().min(0),
    iterations: z.int().min(0),
    fill: z.enum(["mean", "zero"]),
    labels: z.enum(["stay", "move", "fill"]),
    binarizeAbove: z.number(),
  });
}

/** The context that folds read on each side. */
export function foldMargin(folds: readonly Fold[]): Zyx {
  const most = folds.reduce((vox, fold) => Math.max(vox, fold.strengthVox), 0);
  return [0, most, most];
}

/**
 * Folds a section of `sample`, which has `marginVox` of context on each side, and
 * writes it to `to`, which has none and is changed in place.
 */
export function foldSection(
  sample: Sample,
  { marginVox, to, fold }: {
    readonly marginVox: Zyx;
    readonly to: Sample;
    readonly fold: SectionFold;
  },
): void {
  const { section, strengthVox, labels } = fold;
  const [, height, width] = to.shapeVox;
  checkSection(section, to);
  const rows = foldRows([height, width], fold);
  const at = section * height * width, end = at + height * width;
  const rest = marginVox[1] - strengthVox;
  const withContext = <T extends Float32Array | Uint8Array>(array: T): T =>
    cropArray(array, sample.shapeVox, {
      startVox: [section, rest, rest],
      shapeVox: [1, height + 2 * strengthVox, width + 2 * strengthVox],
    });

  const mean = fold.fill === "mean"
    ? meanInside(to, { from: section, sections: 1 })
    : 0;
  const grey = to.image.subarray(at, end);
  moveGrey(withContext(sample.image), {
    shape: [height, width],
    fold: rows,
    to: grey,
  });
  fillBand(grey, { rows, value: mean });
  if (labels === "stay") return;

  const target = to.target.subarray(at, end);
  const share = meanOf(target);
  if (strengthVox > 0) {
    const mask = to.mask.subarray(at, end);
    const move = <T extends Float32Array | Uint8Array>(from: T, to: T) =>
      moveLabels(withContext(from), {
        shape: [height, width],
        fold: rows,
        to,
      });
    move(sample.target, target);
    move(sample.mask, mask);
    for (const axis of ["z", "y", "x"] as const) {
      const from = sample.partners?.from[axis];
      if (from) move(from, to.partners!.from[axis].subarray(at, end));
    }
  }
  if (labels === "fill") {
    fillBand(target, { rows, value: share > fold.binarizeAbove ? 1 : 0 });
  }
}

/**
 * Fails unless a sample has the section.
 *
 * @throws {ExperimentError} If it has not.
 */
export function checkSection(section: number, { shapeVox }: Sample): void {
  if (Number.isInteger(section) && section >= 0 && section < shapeVox[0]) {
    return;
  }
  throw new ExperimentError(
    `Cannot change section ${section}: there are ${shapeVox[0]}, from 0`,
    { where: "section", fix: `Name one from 0 to ${shapeVox[0] - 1}` },
  );
}
