/** A place on an axis from 0, at its foot, to 1. */
export interface AxisScale {
  /** Where a value stands; null of none. */
  place(value: string | null): number | null;
  /** Values that are written beside it. */
  readonly ticks: readonly string[];
}

/** From this ratio on, numbers are placed by their logarithm. */
const wide = 30;

/** The scale of an option's values: numbers in proportion, others apart in their order. */
export function axisScale(values: readonly (string | null)[]): AxisScale {
  const known = [...new Set(values.filter((value) => value !== null))];
  const numbers = known.map(Number);
  if (known.length > 2 && numbers.every(Number.isFinite)) {
    return numericScale(numbers);
  }
  return {
    ticks: known,
    place(value) {
      const at = value === null ? -1 : known.indexOf(value);
      if (at < 0) return null;
      return known.length === 1 ? 0.5 : 1 - at / (known.length - 1);
    },
  };
}

function numericScale(numbers: readonly number[]): AxisScale {
  const low = Math.min(...numbers), high = Math.max(...numbers);
  const isLog = low > 0 && high / low >= wide;
  const at = isLog ? Math.log : (x: number) => x;
  return {
    ticks: numbers.length <= 5
      ? numbers.map(String)
      : [low, isLog ? Math.sqrt(low * high) : (low + high) / 2, high]
        .map((x) => `${Number(x.toPrecision(2))}`),
    place(value) {
      if (value === null) return null;
      return (at(Number(value)) - at(low)) / (at(high) - at(low));
    },
  };
}
