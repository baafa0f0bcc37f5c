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
    for (const [y, row] of digits[Number(digit)]!.entries()) {
      for (const [x, mark] of [...row].entries()) {
        if (mark !== "#") continue;
        for (let i = 0; i < dot * dot; i++) {
          const column = left + (4 * k + x) * dot + i % dot;
          const line = top + y * dot + Math.floor(i / dot);
          canvas.data.set(colour, 3 * (line * canvas.width + column));
        }
      }
    }
  }
}
