import type { Dataset } from "h5wasm/node";
import type { Zyx } from "@/core/mod.ts";
import type { Guard } from "./_guard.ts";

/** What an attribute says: three numbers, or something else in words. */
export type TripleFound =
  | { readonly triple: Zyx }
  | { readonly instead: string };

/** Reads an attribute of three numbers, z y x; undefined if there is none. */
export function readTriple(
  dataset: Dataset,
  { attribute, guard }: { readonly attribute: string; readonly guard: Guard },
): TripleFound | undefined {
  return guard.try(
    `read the attribute "${attribute}" of "${dataset.path}" of "${guard.path}"`,
    () => {
      const found = dataset.attrs[attribute];
      if (!found) return undefined;
      const { type, size, shape } = found.metadata;
      if (shape === null) return { instead: "empty" };
      if (type === 3) {
        return {
          instead: `the text "${shortened([found.json_value].flat())}"`,
        };
      }
      if (!(type === 0 || type === 1 && size >= 4 && size <= 8)) {
        return { instead: "stored in a form that is not read here" };
      }
      const numbers = [found.json_value as number | number[]].flat();
      return numbers.length === 3 && numbers.every(Number.isFinite)
        ? { triple: numbers as unknown as Zyx }
        : { instead: shortened(numbers) };
    },
  );
}

/** Values with commas between them, or the first of them. */
function shortened(values: readonly unknown[]): string {
  const text = values.slice(0, 7).join(", ");
  if (text.length > 60) return `${text.slice(0, 60)}…`;
  return values.length > 7 ? `${text}, … (${values.length} values)` : text;
}
