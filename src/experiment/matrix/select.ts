import { ExperimentError } from "@/core/mod.ts";
import { readChoice } from "@/record/mod.ts";
import type { Matrix } from "./plan_matrix.ts";
import type { MatrixVariant } from "./plan_variants.ts";

/** Which variants of a matrix are meant. */
export interface Selection {
  /** `axis=value`, several of one axis as alternatives; all if empty. */
  readonly only?: readonly string[];
  /** `2/4`: of what `only` leaves, the second of every four. */
  readonly part?: string | undefined;
}

/**
 * The variants of a matrix that a selection leaves, in order.
 *
 * @throws {ExperimentError} If it names what there is not, or leaves none.
 */
export function selectVariants(
  matrix: Matrix,
  { only = [], part }: Selection,
): readonly MatrixVariant[] {
  const wanted = Map.groupBy(
    only.map((words) =>
      readChoice(matrix, words, {
        where: `--only ${words}`,
        example: "--only ",
      })
    ),
    ({ axis }) => axis,
  );
  const [first, every] = part === undefined ? [1, 1] : partOf(part);
  const chosen = matrix.variants
    .filter(({ values }) =>
      [...wanted].every(([axis, choices]) =>
        choices.some(({ value }) => values[axis] === value)
      )
    )
    .filter((_, i) => i % every === first - 1);
  if (chosen.length > 0) return chosen;
  throw new ExperimentError("Cannot choose from the matrix: nothing is left", {
    where: `--part ${part}`,
    fix: "Divide it into fewer parts",
  });
}

/** Reads `2/4`. */
function partOf(text: string): [first: number, every: number] {
  const [, part, parts] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const numbers: [number, number] = [Number(part), Number(parts)];
  if (numbers[0] >= 1 && numbers[0] <= numbers[1]) return numbers;
  throw new ExperimentError(
    `Cannot use "${text}" for --part: it is not a part of a number of parts`,
    { where: `--part ${text}`, fix: "Write 1/4 to 4/4 for four parts" },
  );
}
