import type { Environment } from "@/record/mod.ts";
import { shortNumber } from "./_text.ts";

/**
 * What the machine did during a run, from its last numbers, and what was not
 * read of it; nothing of a run that recorded none.
 */
export async function machineRows(
  last: Readonly<Record<string, number>>,
  { gpu }: Pick<Environment, "gpu">,
): Promise<readonly (readonly string[])[]> {
  const { machineSources } = await import("@/machine/mod.ts");
  const numbers = machineSources
    .filter(({ isOfCards }) => !isOfCards || gpu !== null)
    .flatMap(({ numbers }) => numbers)
    .map((number) => ({ ...number, value: last[`train/${number.name}`] }));
  if (numbers.every(({ value }) => value === undefined)) return [];
  return numbers.map(({ label, unit, value }) => [
    label,
    value === undefined
      ? "not read: deno task doctor says why"
      : `${shortNumber(value)} ${unit}`,
  ]);
}
