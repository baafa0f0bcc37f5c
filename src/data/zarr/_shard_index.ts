import { join } from "node:path";
import { withoutCrc32c } from "./_crc32c.ts";
import { bytesOf } from "./_folder_store.ts";

/** How shards are divided, and where they say what they have. */
export interface ShardForm {
  /** Extent of a chunk. */
  readonly chunkShape: readonly number[];
  /** Chunks of a shard along each axis. */
  readonly counts: readonly number[];
  /** Whether the index lies before the chunks. */
  readonly isFirst: boolean;
  /** Whether a checksum follows it. */
  readonly hasChecksum: boolean;
}

/** What stands in an index for a chunk that is not there. */
const nowhere = 2n ** 64n - 1n;

/**
 * The places of the chunks that a shard has, in the grid of all chunks, by its
 * index (Zarr 3, sharding codec).
 *
 * @throws {Error} If the shard is cut short, or its index damaged.
 */
export function chunksInShard(
  { folder, file, place }: {
    readonly folder: string;
    readonly file: string;
    readonly place: readonly number[];
  },
  { counts, isFirst, hasChecksum }: ShardForm,
): readonly (readonly number[])[] {
  const all = counts.reduce((product, count) => product * count, 1);
  const length = 16 * all + (hasChecksum ? 4 : 0);
  using shard = Deno.openSync(join(folder, file));
  const { size } = shard.statSync();
  if (size < length) {
    throw new Error(
      `"${file}" is cut short: its index alone has ${length} bytes`,
    );
  }
  const offset = isFirst ? 0 : size - length;
  const bytes = bytesOf(shard, { offset, length });
  const index = hasChecksum ? withoutCrc32c(bytes) : bytes;
  if (!index) throw new Error(`in the index of "${file}" a checksum is wrong`);
  const numbers = new BigUint64Array(index.buffer, 0, 2 * all);
  const found: number[][] = [];
  for (let i = 0; i < all; i++) {
    const [at, bytes] = [numbers[2 * i]!, numbers[2 * i + 1]!];
    if (at === nowhere && bytes === nowhere) continue;
    if (at + bytes > BigInt(size)) {
      throw new Error(
        `"${file}" is cut short or damaged: it has ${size} bytes and speaks ` +
          `of bytes ${at} to ${at + bytes}`,
      );
    }
    let rest = i;
    const within = counts.toReversed().map((count) => {
      const step = rest % count;
      rest = Math.floor(rest / count);
      return step;
    }).reverse();
    found.push(within.map((step, axis) => place[axis]! * counts[axis]! + step));
  }
  return found;
}
