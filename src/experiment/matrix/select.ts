import { ExperimentError, nearestName } from "@/core/mod.ts";
import type { Matrix, MatrixVariant } from "./plan_matrix.ts";

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
    only.map((words) => choiceOf(matrix, words)),
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

/** Reads `axis=value`; the plus of a value that adds may be left out. */
function choiceOf(
  { axes, name }: Matrix,
  words: string,
): { readonly axis: string; readonly value: string } {
  const refuse = (reason: string, fix: string) =>
    new ExperimentError(`Cannot choose by "${words}": ${reason}`, {
      where: `--only ${words}`,
      fix,
    });
  const [, axisName, valueName] = /^([^=]+)=(.*)$/s.exec(words) ?? [];
  if (axisName === undefined || valueName === undefined) {
    const [{ name, values }] = axes as [Matrix["axes"][number]];
    throw refuse(
      "it is not an axis, an equals sign and a value",
      `Write it like --only ${name}=${values[0]}`,
    );
  }
  const axis = axes.find(({ name }) => name === axisName.trim());
  if (!axis) {
    const names = axes.map(({ name }) => name);
    throw refuse(
      `${name} has no axis "${axisName}"`,
      `Write ${nearestName(axisName, names) ?? names.join(" or ")}`,
    );
  }
  const plain = (value: string) => value.replace(/^\+\s*/, "");
  const value = axis.values.find((value) => value === valueName.trim()) ??
    axis.values.find((value) => plain(value) === plain(valueName.trim()));
  if (value !== undefined) return { axis: axis.name, value };
  const near = nearestName(plain(valueName), axis.values.map(plain));
  throw refuse(
    `the axis "${axis.name}" has no "${valueName}"`,
    `Write ${near ?? axis.values.join(" or ")}`,
  );
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
