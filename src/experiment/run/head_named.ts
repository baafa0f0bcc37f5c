import { ExperimentError, nearestName } from "@/core/mod.ts";

/**
 * The number of a head by its name; 0 is the one for clefts, which has none.
 *
 * @throws {ExperimentError} If there is no such head.
 */
export function headNamed(
  heads: readonly { readonly name: string }[],
  name: string | undefined,
): number {
  if (name === undefined) return 0;
  const names = heads.map((head) => head.name);
  if (names.includes(name)) return names.indexOf(name) + 1;
  throw new ExperimentError(
    `Cannot predict by the head "${name}": the run has ` +
      (names.length === 0 ? "none but that for clefts" : "no such head"),
    {
      where: `--head ${name}`,
      fix: names.length === 0
        ? "Leave out --head, or name a run with heads"
        : `Write ${nearestName(name, names) ?? names.join(" or ")}`,
    },
  );
}
