import { ExperimentError, nearestName } from "@/core/mod.ts";

/** A fault of a condition, at a character of it, from 0. */
export function conditionFault(
  what: string,
  { text, at, fix }: {
    readonly text: string;
    readonly at: number;
    readonly fix: string;
  },
): ExperimentError {
  return new ExperimentError(`Cannot read the condition: ${what}`, {
    where: `character ${at + 1} of ${text}`,
    fix,
  });
}

/** That no run has something of a name. */
export function unknownName(
  name: string,
  { where, known }: {
    readonly where: string;
    readonly known: readonly string[];
  },
): ExperimentError {
  const near = nearestName(name, known);
  return new ExperimentError(
    `Cannot choose by "${name}": no run has a number, an option or a column ` +
      "of that name",
    {
      where,
      fix: near
        ? `Did you mean "${near}"?`
        : "See what there is by: deno task list --columns help",
    },
  );
}
