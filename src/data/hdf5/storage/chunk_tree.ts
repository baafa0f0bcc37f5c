import { type FileBytes, StructureError } from "./bytes.ts";

/** More levels than any tree has. */
const mostLevels = 64;

/**
 * The first voxels of all chunks in a version 1 B-tree (HDF5 file format
 * specification, III.A.1).
 */
export function* chunksInTree(
  file: FileBytes,
  { address, rank }: { readonly address: number; readonly rank: number },
): Generator<number[]> {
  const { address: addressBytes } = file.widths;
  const keyBytes = 8 + 8 * (rank + 1), seen = new Set<number>();
  const waiting = [{ address, level: mostLevels }];
  for (let node; (node = waiting.pop());) {
    if (seen.has(node.address)) throw new StructureError("a tree has a circle");
    seen.add(node.address);
    const headBytes = 8 + 2 * addressBytes;
    const head = file.read(node.address, headBytes).expect("TREE");
    if (head.number(1) !== 1) throw new StructureError("a tree has no chunks");
    const level = head.number(1), entries = head.number(2);
    if (level >= node.level) throw new StructureError("a tree grows upwards");
    const body = file.read(
      node.address + headBytes,
      entries * (keyBytes + addressBytes),
    );
    for (let entry = 0; entry < entries; entry++) {
      body.skip(8);
      const start = Array.from({ length: rank }, () => body.number(8));
      const child = body.skip(8).address();
      if (child === undefined) continue;
      if (level === 0) yield start;
      else waiting.push({ address: child, level });
    }
  }
}
