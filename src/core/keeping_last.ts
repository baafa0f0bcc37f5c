/**
 * The same function of numbers, whose last `most` results are kept: sections are
 * asked for again with those next to them.
 */
export function keepingLast<Result>(
  make: (at: number) => Result,
  most: number,
): (at: number) => Result {
  const kept = new Map<number, Result>();
  return (at) => {
    const result = kept.has(at) ? kept.get(at)! : make(at);
    kept.delete(at);
    kept.set(at, result);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return result;
  };
}
