import type { Picture, Pixels } from "../picture.ts";

/**
 * A picture turned upright, by the tag Orientation (TIFF 6.0, section 8): 2 to 4
 * are mirrored, those from 5 on have their sides swapped too.
 */
export function turned(picture: Picture, orientation: number): Picture {
  if (orientation < 2 || orientation > 8) return picture;
  const { shape: [rows, columns], pixels } = picture;
  const isSwapped = orientation > 4;
  const isUpsideDown = [3, 4, 7, 8].includes(orientation);
  const isMirrored = [2, 3, 6, 7].includes(orientation);
  const shape = isSwapped ? [columns, rows] as const : [rows, columns] as const;
  const [height, width] = shape;
  const upright = pixels.slice() as Pixels;
  for (let y = 0, to = 0; y < height; y++) {
    const fromY = isUpsideDown ? height - 1 - y : y;
    for (let x = 0; x < width; x++, to++) {
      const fromX = isMirrored ? width - 1 - x : x;
      upright[to] = pixels[
        isSwapped ? fromX * columns + fromY : fromY * columns + fromX
      ]!;
    }
  }
  return { shape, pixels: upright };
}
