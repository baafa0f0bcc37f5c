import { encode } from "fast-png";
import type { Patch } from "@/core/mod.ts";
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
  const [depth, height, width] = patch.shapeVox;
  const scale = Math.max(
    1,
    Math.round(sectionPixels / Math.max(height, width)),
  );
  const across = width * scale + gapPixels;
  const down = height * scale + headPixels + gapPixels;
  const columns = Math.min(
    depth,
    Math.max(1, Math.round(Math.sqrt(depth * down / across))),
  );
  const rows = Math.ceil(depth / columns);
  const canvas: Canvas = {
    width: columns * across + gapPixels,
    height: rows * down + gapPixels,
    data: new Uint8Array(
      3 * (columns * across + gapPixels) * (rows * down + gapPixels),
    ),
  };
  canvas.data.fill(paper);
  for (let z = 0; z < depth; z++) {
    const left = gapPixels + (z % columns) * across;
    const top = gapPixels + Math.floor(z / columns) * down;
    drawNumber(canvas, z, { left, top, colour: ink });
    drawSection(canvas, patch, z, { left, top: top + headPixels, scale });
  }
  const { width: pixels, height: lines, data } = canvas;
  return encode({ width: pixels, height: lines, data, channels: 3, depth: 8 });
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
