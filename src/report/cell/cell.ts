import { formatP } from "../format.ts";

/** A cell of a table: the same when its page is made and when it is counted anew. */
export interface Cell {
  /** Its classes. */
  readonly class?: string | undefined;
  /** What it says under the pointer. */
  readonly title?: string | undefined;
  /** What it sorts by. */
  readonly value?: number | undefined;
  /** Numbers that copies of the table have beside it. */
  readonly more?: Readonly<Record<string, number | null>> | undefined;
  /** What it shows, as markup: numbers and drawings of them, no text of others. */
  readonly html: string;
}

/** A cell of a count. */
export function countCell(count: number): Cell {
  return { class: "number", value: count, html: `${count}` };
}

/** A p as markup. */
export function pHtml(p: number): string {
  return formatP(p).replace("<", "&lt;");
}
