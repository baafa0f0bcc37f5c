/** Blocks of rows put together, each but the last until it has `least` rows. */
export function* groupsOf<T>(
  blocks: Iterable<readonly (readonly T[])[]>,
  least: number,
): Iterable<readonly (readonly T[])[]> {
  let group: T[][] | null = null;
  for (const block of blocks) {
    group ??= block.map(() => []);
    for (const [i, cells] of block.entries()) {
      for (const cell of cells) group[i]!.push(cell);
    }
    if (group[0]!.length < least) continue;
    yield group;
    group = null;
  }
  if (group) yield group;
}
