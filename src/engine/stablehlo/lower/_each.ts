import type { HloValue } from "../value.ts";
import type { Lowering, Lowerings } from "./_lowering.ts";

/** Lowerings from a table, whose entries are written for the first inputs. */
export function each<T>(
  table: Readonly<Record<string, T>>,
  write: (entry: T, inputs: readonly [HloValue, HloValue]) => HloValue,
): Lowerings {
  return Object.fromEntries(
    Object.entries(table).map(([type, entry]): [string, Lowering] => [
      type,
      ({ inputs }) => write(entry, inputs as readonly [HloValue, HloValue]),
    ]),
  );
}
