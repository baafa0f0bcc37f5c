import { readFreeList, readTreePage, type TreePage } from "./_page.ts";

/** A tree of pages that no other page refers to. */
export interface Tree {
  /** Its uppermost page, counted from 1 as SQLite does. */
  readonly root: number;
  /** How many of its pages are there. */
  readonly pages: number;
  /** Rows of its that were looked at, and whether they have a number. */
  readonly sample: Pick<TreePage, "isTable" | "rows">;
}

/**
 * Finds the trees in a database file without the list of tables, largest first:
 * all pages of trees that none refers to and none lists as free. The first page
 * is left out.
 */
export function findTrees(
  path: string,
  { pageBytes }: { readonly pageBytes: number },
): readonly Tree[] {
  using file = Deno.openSync(path);
  const count = Math.floor(file.statSync().size / pageBytes);
  const inner = new Map<number, readonly number[]>();
  const isOfTree = new Uint8Array(count + 1), isFree = isOfTree.slice();
  for (let number = 2; number <= count; number++) {
    const page = pageAt(number), found = readTreePage(page);
    if (found) isOfTree[number] = 1;
    else for (const one of readFreeList(page, count) ?? []) isFree[one] = 1;
    if (found && found.children.length > 0) inner.set(number, found.children);
  }
  const isBelow = isFree.slice(); // what was deleted is nobody's
  for (const [number, children] of inner) {
    if (isFree[number]) continue;
    for (const child of children) if (child <= count) isBelow[child] = 1;
  }
  return Array.from(isOfTree.keys())
    .filter((number) => isOfTree[number] && !isBelow[number])
    .map((root) => {
      const pages = pagesOf(root);
      return { root, pages: pages.length, sample: sampleOf(pages) };
    })
    .toSorted((a, b) => b.pages - a.pages);

  function pageAt(number: number): Uint8Array {
    const page = new Uint8Array(pageBytes);
    file.seekSync((number - 1) * pageBytes, Deno.SeekMode.Start);
    let at = 0, read: number | null = 0;
    while (at < pageBytes && read !== null) {
      read = file.readSync(page.subarray(at));
      at += read ?? 0;
    }
    return page;
  }

  /** A page and all below it, as far as they are there. */
  function pagesOf(root: number): readonly number[] {
    const found = new Set([root]);
    for (const page of found) {
      for (const child of inner.get(page) ?? []) {
        if (isOfTree[child]) found.add(child);
      }
    }
    return [...found];
  }

  function sampleOf(pages: readonly number[]): Tree["sample"] {
    for (const number of pages) {
      const page = readTreePage(pageAt(number))!;
      if (page.rows.length > 0) return page;
    }
    return { isTable: false, rows: [] };
  }
}
