import { student95 } from "./student.ts";

/** More seeds than this nobody runs. */
const mostSeeds = 1000;

/**
 * How many pairs of seeds make the 95 % interval of a difference reach no
 * farther than `reach` to either side, if pairs differ by `deviation` as they did
 * so far; null beyond 1,000.
 */
export function seedsNeeded(
  { deviation, reach }: { readonly deviation: number; readonly reach: number },
): number | null {
  const suffice = (n: number) =>
    student95(n - 1) * deviation / Math.sqrt(n) <= reach;
  if (!suffice(mostSeeds)) return null;
  let low = 1, high = mostSeeds; // one is too few, the most suffice
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (suffice(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The next of 1, 2 and 5 times powers of ten that are no more than a number. */
export function roundReaches(from: number, count: number): number[] {
  const reaches: number[] = [];
  let power = Math.floor(Math.log10(from));
  while (reaches.length < count) {
    for (const digit of [5, 2, 1]) {
      const reach = Number(`${digit}e${power}`);
      if (reach <= from && reaches.length < count) reaches.push(reach);
    }
    power--;
  }
  return reaches;
}
