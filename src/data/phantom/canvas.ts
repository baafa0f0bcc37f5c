import type { Cut, PixelGrid } from "./cut.ts";

/** A section while it is painted; arrays are `[H, W]`. */
export interface Canvas {
  /** Depth of its middle. */
  readonly zNm: number;
  /** How thick it is. */
  readonly thicknessNm: number;
  /** Its pixels. */
  readonly grid: PixelGrid;
  /** The cells it cuts. */
  readonly cut: Cut;
  /** Smooth random numbers for what is cloudy or wavy. */
  readonly clouds: Float32Array;
  /** Optical density; painters add to it. */
  readonly density: Float32Array;
  /** 1 where an organelle is; the next one leaves it alone. */
  readonly occupied: Uint8Array;
  /** 1 inside a cleft. */
  readonly cleft: Uint8Array;
}

/** The pixels within reach of a place, held within the canvas. */
export function* pixelsNear(
  { startNm, stepNm, shape: [height, width] }: PixelGrid,
  { yNm, xNm, reachNm }: {
    readonly yNm: number;
    readonly xNm: number;
    readonly reachNm: number;
  },
): Generator<{ i: number; yNm: number; xNm: number }> {
  const y = yNm - startNm[0], x = xNm - startNm[1];
  const top = Math.max(0, Math.ceil((y - reachNm) / stepNm[0]));
  const bottom = Math.min(height - 1, Math.floor((y + reachNm) / stepNm[0]));
  const left = Math.max(0, Math.ceil((x - reachNm) / stepNm[1]));
  const right = Math.min(width - 1, Math.floor((x + reachNm) / stepNm[1]));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      yield {
        i: row * width + column,
        yNm: row * stepNm[0] - y,
        xNm: column * stepNm[1] - x,
      };
    }
  }
}
