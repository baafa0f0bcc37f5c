import { ExperimentError } from "@/core/mod.ts";

/** Two numbers within a section, slower axis first. */
export type Yx = readonly [y: number, x: number];

/** How a place between two voxels is rounded when it lies in the middle. */
export type HalfRounding = "away" | "even";

/**
 * Reads a table of shifts: a line for each section, two numbers of voxels apart
 * by a comma or blanks. Lines that begin with `#` and empty ones are passed over.
 * Mind the columns: CREMI's winners wrote x first, as MATLAB sees HDF5 files
 * transposed.
 *
 * @returns A pair for each section, as `[y, x]`.
 * @throws {ExperimentError} If a line has other than two finite numbers, or
 * there is none.
 */
export function readShiftTable(
  text: string,
  { columns, where }: { columns: "xy" | "yx"; where: string },
): Yx[] {
  const rows: Yx[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const words = line.trim().split(/\s*[,;]\s*|\s+/);
    if (line.trim() === "" || words[0]!.startsWith("#")) continue;
    const [first = NaN, second = NaN, ...more] = words.map(readNumber);
    if (
      more.length > 0 || !Number.isFinite(first) || !Number.isFinite(second)
    ) {
      throw new ExperimentError(
        `Cannot read the shifts of a section in "${line.trim().slice(0, 60)}"`,
        {
          where: `${where}:${index + 1}`,
          fix: "Write two numbers of voxels a line, one line a section",
        },
      );
    }
    rows.push(columns === "xy" ? [second, first] : [first, second]);
  }
  if (rows.length === 0) {
    throw new ExperimentError(`Cannot align by a table without a line`, {
      where,
      fix: "Write two numbers of voxels a line, one line a section",
    });
  }
  return rows;
}

function readNumber(word: string): number {
  return word === "" ? NaN : Number(word);
}

/**
 * From steps between sections to the place each is read at: the steps are added
 * up, counted from `centre`, and turned around (techniques A8.1).
 */
export function placesOfSteps(steps: readonly Yx[], centre: number): Yx[] {
  let y = 0, x = 0;
  const sums = steps.map((step): Yx => [y += step[0], x += step[1]]);
  const from = sums[centre];
  if (!from) {
    throw new RangeError(
      `Cannot centre on section ${centre}: there are ${steps.length}`,
    );
  }
  return sums.map((sum): Yx => [from[0] - sum[0], from[1] - sum[1]]);
}

/**
 * The middle section, on which CREMI's winners centre: section 77 of 153, which
 * is 76 counted from 0.
 */
export function centreOf(sections: number): number {
  return Math.floor((sections - 1) / 2);
}

/**
 * The nearest whole number; from the middle between two, away from 0 as MATLAB
 * does, or to the even one as numpy does. (`Math.round` goes up.)
 */
export function roundHalf(value: number, rounding: HalfRounding): number {
  const below = Math.floor(value);
  const isHalf = value - below === 0.5;
  if (!isHalf) return Math.round(value) + 0;
  if (rounding === "even") return below % 2 === 0 ? below : below + 1;
  return value < 0 ? below : below + 1;
}
