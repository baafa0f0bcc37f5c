import { spreadOf } from "../spread.ts";
import type { Cell } from "./cell.ts";
import { dotsHtml, type Range } from "./strip_html.ts";

/** The values of a group drawn on the scale of all, in the colour that `name` gives. */
export function dotsCell(
  values: readonly number[],
  { name, ...scale }: {
    readonly name: string;
    readonly range: Range;
    readonly tick: number | null;
  },
): Cell {
  const isEmpty = values.length === 0;
  return {
    class: `strip-column no-copy${isEmpty ? " muted" : ""}`,
    html: isEmpty
      ? "–"
      : dotsHtml({ values, mean: spreadOf(values).mean, name, ...scale }),
  };
}
