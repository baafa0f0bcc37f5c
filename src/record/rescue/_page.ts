/** A page of a tree in SQLite's file: of a table, or of an index. */
export interface TreePage {
  /** Whether rows have a number, as those of tables with a rowid. */
  readonly isTable: boolean;
  /** The pages below it; none of a leaf. */
  readonly children: readonly number[];
  /** What its first rows hold, column by column; none where only leaves have rows. */
  readonly rows: readonly RowForm[];
}

/** What the values of a row are stored as. */
export type RowForm = readonly StoredForm[];

/** What a value is stored as. */
export interface StoredForm {
  /** The kind of value. */
  readonly kind: "null" | "integer" | "real" | "text" | "blob";
  /** How long a text or a blob is, in bytes. */
  readonly bytes: number;
}

const leafHeader = 8, interiorHeader = 12;
/** Rows of a page that are looked at. */
const mostRows = 3;

/**
 * Reads a page that belongs to a tree, or null if it is of another kind, or of
 * none: https://sqlite.org/fileformat2.html#b_tree_pages
 */
export function readTreePage(page: Uint8Array): TreePage | null {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const kind = page[0]!;
  if (![2, 5, 10, 13].includes(kind)) return null;
  const isLeaf = kind >= 10, isTable = kind === 5 || kind === 13;
  const header = isLeaf ? leafHeader : interiorHeader;
  const count = view.getUint16(3), end = header + 2 * count;
  if (end > page.length) return null;
  const cells = Array.from(
    { length: count },
    (_, i) => view.getUint16(header + 2 * i),
  );
  if (cells.some((at) => at < end || at > page.length - 4)) return null;
  const children = isLeaf
    ? []
    : [...cells.map((at) => view.getUint32(at)), view.getUint32(8)];
  const hasRows = isLeaf || !isTable;
  const rows = hasRows ? cells.slice(0, mostRows).map(formAt) : [];
  const sound = rows.filter((row) => row !== null);
  return sound.length < rows.length ? null : { isTable, children, rows: sound };

  function formAt(cell: number): RowForm | null {
    const bytes = varintAt(page, isLeaf ? cell : cell + 4);
    const number = isTable ? varintAt(page, bytes.next) : bytes;
    return formOf(page, number.next);
  }
}

/** How a row's values are stored; null if there is none. */
function formOf(page: Uint8Array, start: number): RowForm | null {
  const size = varintAt(page, start);
  const end = start + size.value, forms: StoredForm[] = [];
  let at = size.next;
  while (at < end && end <= page.length) {
    const { value, next } = varintAt(page, at);
    if (value === 10 || value === 11) return null; // SQLite never writes them
    forms.push(storedForm(value));
    at = next;
  }
  return at === end && forms.length > 0 ? forms : null;
}

function storedForm(type: number): StoredForm {
  if (type === 0) return { kind: "null", bytes: 0 };
  if (type === 7) return { kind: "real", bytes: 8 };
  if (type < 10) return { kind: "integer", bytes: 8 };
  const kind = type % 2 === 0 ? "blob" : "text";
  return { kind, bytes: Math.floor((type - 12) / 2) };
}

/** A whole number of one to nine bytes, seven bits in each. */
function varintAt(
  page: Uint8Array,
  start: number,
): { readonly value: number; readonly next: number } {
  let value = 0, at = start;
  for (; at < start + 8; at++) {
    const byte = page[at] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, next: at + 1 };
  }
  return { value: value * 256 + (page[at] ?? 0), next: at + 1 };
}

/**
 * The pages that a page lists as free, or null if it is no such list; what they
 * hold was deleted: https://sqlite.org/fileformat2.html#the_freelist
 */
export function readFreeList(
  page: Uint8Array,
  pages: number,
): readonly number[] | null {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const next = view.getUint32(0), count = view.getUint32(4);
  if (next > pages || count === 0 || count > page.length / 4 - 2) return null;
  const listed = Array.from(
    { length: count },
    (_, i) => view.getUint32(8 + 4 * i),
  );
  const isSound = new Set(listed).size === count &&
    listed.every((one) => one > 1 && one <= pages);
  return isSound ? listed : null;
}
