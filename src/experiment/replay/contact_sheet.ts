import { encode } from "fast-png";
import type { Patch, Zyx } from "@/core/mod.ts";
import type { Canvas } from "./canvas.ts";
import { digitHeight, drawNumber } from "./digits.ts";

/** Pixels that the longer side of a section has, about. */
const sectionPixels = 240;

/** Pixels around a section, and above it for its number. */
const gapPixels = 8, headPixels = digitHeight + 8;

type Colour = readonly [red: number, green: number, blue: number];
const paper = 255, ink: Colour = [40, 40, 40];
const contour: Colour = [255, 140, 0], unknown: Colour = [70, 120, 255];

/**
 * All sections of a patch in one PNG, row by row with their numbers: clefts are
 * outlined in orange, what is not labelled is tinted blue.
 */
export function contactSheet(patch: Patch): Uint8Array {
  const { scale, across, down, columns, size } = sheetLayout(patch.shapeVox);
  const [height, width] = size;
  const data = new Uint8Array(3 * height * width).fill(paper);
  const canvas: Canvas = { width, height, data };
  for (let z = 0; z < patch.shapeVox[0]; z++) {
    const left = gapPixels + (z % columns) * across;
    const top = gapPixels + Math.floor(z / columns) * down;
    drawNumber(canvas, z, { left, top, colour: ink });
    drawSection(canvas, patch, z, { left, top: top + headPixels, scale });
  }
  return encode({ width, height, data, channels: 3, depth: 8 });
}

/** Where sections go: in rows that make about a square. */
export function sheetLayout([depth, height, width]: Zyx): {
  /** Pixels that a voxel has each way. */
  readonly scale: number;
  /** Pixels from the left of a section to that of the next, and from top to top. */
  readonly across: number;
  readonly down: number;
  /** Sections in a row. */
  readonly columns: number;
  /** Pixels of the whole. */
  readonly size: readonly [height: number, width: number];
} {
  const longest = Math.max(height, width);
  const scale = Math.max(1, Math.round(sectionPixels / longest));
  const across = width * scale + gapPixels;
  const down = height * scale + headPixels + gapPixels;
  const columns = Math.min(
    depth,
    Math.max(1, Math.round(Math.sqrt(depth * down / across))),
  );
  const rows = Math.ceil(depth / columns);
  const size = [rows * down + gapPixels, columns * across + gapPixels] as const;
  return { scale, across, down, columns, size };
}

function drawSection(
  canvas: Canvas,
  { image, target, mask, shapeVox: [, height, width] }: Patch,
  z: number,
  { left, top, scale }: { left: number; top: number; scale: number },
): void {
  const isCleft = (y: number, x: number) =>
    y >= 0 && y < height && x >= 0 && x < width &&
    target[(z * height + y) * width + x] === 1;
  const line = Math.max(1, Math.round(scale / 5));
  const voxel = (pixel: number) => Math.floor(pixel / scale);
  for (let row = 0; row < height * scale; row++) {
    for (let column = 0; column < width * scale; column++) {
      const y = voxel(row), x = voxel(column);
      const i = (z * height + y) * width + x;
      const isEdge = isCleft(y, x) &&
        !(isCleft(voxel(row - line), x) && isCleft(voxel(row + line), x) &&
          isCleft(y, voxel(column - line)) && isCleft(y, voxel(column + line)));
      const grey = 255 * Math.min(1, Math.max(0, image[i]!));
      const at = 3 * ((top + row) * canvas.width + left + column);
      for (let c = 0; c < 3; c++) {
        canvas.data[at + c] = isEdge
          ? contour[c]!
          : mask[i] === 0
          ? 0.7 * grey + 0.3 * unknown[c]!
          : grey;
      }
    }
  }
}
