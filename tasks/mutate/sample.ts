import type { Rng } from "@/core/mod.ts";
import type { Mutation } from "./find.ts";

/**
 * As many mutations as are wanted, or all there are. Files take turns, so that
 * a long one gets no more than a short one until that has no others.
 */
export function sampleEvenly(
  { mutations, count }: {
    readonly mutations: readonly Mutation[];
    readonly count: number;
  },
  rng: Rng,
): readonly Mutation[] {
  const byFile = Map.groupBy(mutations, ({ path }) => path);
  const files = shuffled([...byFile.keys()], rng.at("files"))
    .map((path) => shuffled(byFile.get(path)!, rng.at(path)));
  const turns = Math.max(0, ...files.map((file) => file.length));
  return Array.from({ length: turns }, (_, turn) => turn)
    .flatMap((turn) => files.flatMap((file) => file[turn] ?? []))
    .slice(0, count);
}

/** The same values in another order (Fisher and Yates 1938). */
function shuffled<T>(values: readonly T[], rng: Rng): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const other = rng.integer(i + 1);
    [result[i], result[other]] = [result[other]!, result[i]!];
  }
  return result;
}
