import {
  ExperimentError,
  type Rng,
  type Volume,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { readSample } from "../../stream/context.ts";
import { openShared } from "../../volume/mod.ts";
import type { Pixel } from "../_line.ts";
import type { Chain, StepRecord } from "../chain.ts";
import { type ArtifactSheets, sectionOf } from "./_source.ts";

/** An artifact at a place of a section, changed before it is blended in. */
export interface ArtifactParameters {
  /** Which one, from 0. */
  readonly sheet: number;
  /** The pixel of it where the section begins; below 0 it begins before it. */
  readonly startVox: Pixel;
  /** What is done to its grey values alone, first. */
  readonly grey: readonly StepRecord[];
  /** What is done to its grey values and its mask. */
  readonly both: readonly StepRecord[];
}

/** What is done to artifacts. */
export interface ArtifactOptions {
  /** The least share of a section, or of a smaller artifact, to be covered. */
  readonly minMasked: number;
  /** What is done to grey values alone, first. */
  readonly grey: Chain;
  /** What is done to grey values and mask. */
  readonly both: Chain;
}

/** Artifacts ready to be blended into sections. */
export interface Artifacts {
  /**
   * Draws an artifact for a section of `height` by `width`: any place of any
   * sheet that has enough of it, each as likely.
   *
   * @throws {ExperimentError} If no place has.
   */
  draw(shape: Pixel, rng: Rng): ArtifactParameters;
  /** Blends an artifact into a section in place, `s (1 - a) + artifact a`. */
  blend(
    section: Float32Array,
    shape: Pixel,
    parameters: ArtifactParameters,
  ): void;
}

/** After so many places without enough artifact all of them are looked at. */
const tries = 200;

/** Opens artifacts that were read. */
export function openArtifacts(
  { stacks, sheets }: ArtifactSheets,
  { minMasked, grey, both }: ArtifactOptions,
): Artifacts {
  const opened = stacks.map(({ image, alpha }) => ({
    image: openShared(image),
    alpha: openShared(alpha),
  }));

  /** The mask of a sheet. */
  const maskOf = (sheet: number): Mask => {
    const { stack, section } = sheets[sheet]!;
    const { alpha } = stacks[stack]!;
    const [, height, width] = alpha.shapeVox;
    return { alpha: sectionOf(alpha, section), height, width };
  };

  function drawPlace(shape: Pixel, rng: Rng) {
    for (let i = 0; i < tries; i++) {
      const sheet = rng.integer(sheets.length);
      const mask = maskOf(sheet);
      const [y, x] = startsOf(mask, shape);
      const startVox = [
        y.first + rng.integer(y.count),
        x.first + rng.integer(x.count),
      ] as const;
      if (shareAt(mask, startVox, shape) >= minMasked) {
        return { sheet, startVox };
      }
    }
    const places = sheets.flatMap((_, sheet) =>
      placesOf(maskOf(sheet), shape, minMasked)
        .map((startVox) => ({ sheet, startVox }))
    );
    if (places.length > 0) return places[rng.integer(places.length)]!;
    throw new ExperimentError(
      `Cannot blend an artifact into a section of ${shape.join(" × ")} ` +
        `voxels: none covers a share of ${minMasked} of it`,
      { where: "artifacts.minMasked", fix: "Lower it" },
    );
  }

  return {
    draw(shape, rng) {
      const sectionVox: Zyx = [1, ...shape];
      const onBoth = both.draw(sectionVox, rng.at("both"));
      const onGrey = grey.draw(
        widened(sectionVox, both.marginVox!(sectionVox, onBoth)),
        rng.at("grey"),
      );
      return {
        ...drawPlace(shape, rng.at("place")),
        grey: onGrey,
        both: onBoth,
      };
    },
    blend(section, shape, { sheet, startVox, grey: onGrey, both: onBoth }) {
      const place = sheets[sheet];
      if (!place) {
        throw new ExperimentError(
          `Cannot blend artifact ${sheet}: there are ${sheets.length}, from 0`,
          { where: "sheet", fix: `Name one from 0 to ${sheets.length - 1}` },
        );
      }
      const { image, alpha } = opened[place.stack]!;
      const sectionVox: Zyx = [1, ...shape];
      const marginVox = both.marginVox!(sectionVox, onBoth);
      const wideVox = widened(sectionVox, marginVox);
      const greyMarginVox = grey.marginVox!(wideVox, onGrey);
      const read = (from: Volume, margins: readonly Zyx[]) =>
        readSample(from, {
          startVox: [
            place.section - sum(margins, 0),
            startVox[0] - sum(margins, 1),
            startVox[1] - sum(margins, 2),
          ],
          shapeVox: margins.reduce(widened, sectionVox),
        });
      const greys = both.apply(
        grey.apply(read(image, [marginVox, greyMarginVox]), onGrey),
        onBoth,
      ).image;
      const mask = read(alpha, [marginVox]);
      // A mask smaller than the section ends; a larger one goes on, mirrored.
      const isLarger = alpha.shapeVox[1] >= shape[0] &&
        alpha.shapeVox[2] >= shape[1];
      const shares = both.apply(
        isLarger ? mask : { ...mask, inside: wholeBox(mask.shapeVox) },
        onBoth,
      ).image;
      for (let i = 0; i < section.length; i++) {
        const share = shares[i]!;
        section[i] = section[i]! * (1 - share) + greys[i]! * share;
      }
    },
  };
}

function widened([z, y, x]: Zyx, marginVox: Zyx): Zyx {
  return [z + 2 * marginVox[0], y + 2 * marginVox[1], x + 2 * marginVox[2]];
}

function sum(margins: readonly Zyx[], axis: 0 | 1 | 2): number {
  return margins.reduce((vox, margin) => vox + margin[axis], 0);
}

/** The mask of a sheet, `[height, width]`. */
interface Mask {
  readonly alpha: Uint8Array | Float32Array;
  readonly height: number;
  readonly width: number;
}

/** Where a section can begin along an axis. */
interface Starts {
  readonly first: number;
  readonly count: number;
}

/** Where a section lies inside the sheet, or the sheet inside the section. */
function startsOf({ height, width }: Mask, shape: Pixel): [Starts, Starts] {
  const along = (sheet: number, section: number): Starts => ({
    first: Math.min(0, sheet - section),
    count: Math.abs(sheet - section) + 1,
  });
  return [along(height, shape[0]), along(width, shape[1])];
}

/** The share of what section and sheet have in common that is artifact. */
function shareAt(
  { alpha, height, width }: Mask,
  [y, x]: Pixel,
  shape: Pixel,
): number {
  const top = Math.max(0, y), bottom = Math.min(height, y + shape[0]);
  const left = Math.max(0, x), right = Math.min(width, x + shape[1]);
  let covered = 0;
  for (let row = top; row < bottom; row++) {
    for (let i = row * width + left; i < row * width + right; i++) {
      if (alpha[i]! > 0) covered++;
    }
  }
  return covered / ((bottom - top) * (right - left));
}

/** Every place of a sheet that has enough artifact. */
function placesOf(mask: Mask, shape: Pixel, minMasked: number): Pixel[] {
  const { alpha, height, width } = mask;
  const rows = Math.min(height, shape[0]), columns = Math.min(width, shape[1]);
  const sums = new Float64Array((height + 1) * (width + 1)); // summed area
  for (let y = 0, i = 0; y < height; y++) {
    const row = (y + 1) * (width + 1);
    for (let x = 0, inRow = 0; x < width; x++) {
      if (alpha[i++]! > 0) inRow++;
      sums[row + x + 1] = sums[row - width + x]! + inRow;
    }
  }
  const [ys, xs] = startsOf(mask, shape);
  const places: Pixel[] = [];
  for (let y = ys.first; y < ys.first + ys.count; y++) {
    const upper = Math.max(0, y) * (width + 1);
    const lower = upper + rows * (width + 1);
    for (let x = xs.first; x < xs.first + xs.count; x++) {
      const left = Math.max(0, x), right = left + columns;
      const covered = sums[lower + right]! - sums[upper + right]! -
        sums[lower + left]! + sums[upper + left]!;
      if (covered / (rows * columns) >= minMasked) places.push([y, x]);
    }
  }
  return places;
}
