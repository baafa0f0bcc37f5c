import type { Canvas } from "./canvas.ts";

/** The ten digits, three columns and five rows each. */
const digits = [
  "###|#.#|#.#|#.#|###",
  ".#.|##.|.#.|.#.|###",
  "###|..#|###|#..|###",
  "###|..#|###|..#|###",
  "#.#|#.#|###|..#|..#",
  "###|#..|###|..#|###",
  "###|#..|###|#.#|###",
  "###|..#|..#|..#|..#",
  "###|#.#|###|#.#|###",
  "###|#.#|###|..#|###",
].map((rows) => rows.split("|"));

const dot = 2;

/** Pixels that a number is high. */
export const digitHeight = 5 * dot;

/** Writes a whole number with its upper left corner at a pixel. */
export function drawNumber(
  canvas: Canvas,
  number: number,
  { left, top, colour }: {
    readonly left: number;
    readonly top: number;
    readonly colour: readonly number[];
  },
): void {
  for (const [k, digit] of [...`${number}`].entries()) {
    const rows = digits[Number(digit)]!;
    for (let y = 0; y < 5 * dot; y++) {
      for (let x = 0; x < 3 * dot; x++) {
        if (rows[Math.floor(y / dot)]![Math.floor(x / dot)] !== "#") continue;
        const column = left + k * 4 * dot + x;
        const at = 3 * ((top + y) * canvas.width + column);
        canvas.data.set(colour, at);
      }
    }
  }
}
