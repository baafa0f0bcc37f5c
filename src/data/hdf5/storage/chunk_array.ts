import { type Cursor, type FileBytes, StructureError } from "./bytes.ts";

/**
 * The numbers of the chunks that a fixed array has (HDF5 file format
 * specification, VII.B), counted row by row over the largest extent.
 */
export function* chunksInFixedArray(
  file: FileBytes,
  address: number,
): Generator<number> {
  const { address: addressBytes, length: lengthBytes } = file.widths;
  const head = file.read(address, 8 + lengthBytes + addressBytes)
    .expect("FAHD").skip(2);
  const bytes = head.number(1), pageElements = 2 ** head.number(1);
  const count = head.length(), blockAt = head.address();
  if (blockAt === undefined) return;
  const prefix = 6 + addressBytes;
  file.read(blockAt, prefix).expect("FADB");
  const elements = { file, bytes, addressBytes };
  if (count <= pageElements) {
    yield* defined(elements, { at: blockAt + prefix, first: 0, count });
    return;
  }
  const pages = Math.ceil(count / pageElements),
    maskBytes = Math.ceil(pages / 8);
  const written = bitsOf(file.read(blockAt + prefix, maskBytes));
  const pageBytes = pageElements * bytes + 4;
  for (let page = 0; page < pages; page++) {
    if (!written(page)) continue;
    const first = page * pageElements;
    yield* defined(elements, {
      at: blockAt + prefix + maskBytes + 4 + page * pageBytes,
      first,
      count: Math.min(pageElements, count - first),
    });
  }
}

/**
 * The numbers of the chunks that an extensible array has (VII.C), counted row by
 * row with the axis that can grow as the slowest.
 */
export function* chunksInExtensibleArray(
  file: FileBytes,
  address: number,
): Generator<number> {
  const { address: addressBytes, length: lengthBytes } = file.widths;
  const head = file.read(address, 12 + 6 * lengthBytes + addressBytes)
    .expect("EAHD").skip(2);
  const [bytes, maxBits, inIndex, fewest, fewestPointers, pageBits] = Array
    .from(
      { length: 6 },
      () => head.number(1),
    ) as [number, number, number, number, number, number];
  const indexAt = head.skip(6 * lengthBytes).address();
  if (indexAt === undefined) return;
  const elements = { file, bytes, addressBytes };
  const offsetBytes = Math.ceil(maxBits / 8), pageElements = 2 ** pageBits;
  // Super block s stands for 2^⌊s/2⌋ data blocks of fewest · 2^⌈s/2⌉ elements.
  const blocksOf = (s: number) => 2 ** Math.floor(s / 2);
  const elementsOf = (s: number) => fewest * 2 ** Math.ceil(s / 2);
  const superBlocks = 1 + maxBits - Math.log2(fewest);
  const direct = 2 * Math.log2(fewestPointers); // super blocks in the index block
  const directBlocks = 2 * (fewestPointers - 1);
  const prefix = 6 + addressBytes;
  file.read(indexAt, prefix).expect("EAIB");
  yield* defined(elements, { at: indexAt + prefix, first: 0, count: inIndex });
  const pointers = file.read(
    indexAt + prefix + inIndex * bytes,
    (directBlocks + superBlocks - direct) * addressBytes,
  );

  function* dataBlock(
    at: number,
    first: number,
    count: number,
    written: (page: number) => boolean,
  ) {
    const from = at + prefix + offsetBytes;
    file.read(at, prefix).expect("EADB");
    if (count <= pageElements) {
      yield* defined(elements, { at: from, first, count });
      return;
    }
    for (let page = 0; page < count / pageElements; page++) {
      if (!written(page)) continue;
      yield* defined(elements, {
        at: from + 4 + page * (pageElements * bytes + 4),
        first: first + page * pageElements,
        count: pageElements,
      });
    }
  }

  let first = inIndex;
  for (let s = 0; s < superBlocks; s++) {
    const blocks = blocksOf(s), count = elementsOf(s);
    let addresses: Cursor = pointers, masks: Cursor | undefined, maskBytes = 0;
    if (s >= direct) {
      const at = pointers.address();
      if (at === undefined) {
        first += blocks * count;
        continue;
      }
      file.read(at, prefix).expect("EASB");
      maskBytes = count > pageElements
        ? Math.ceil(count / pageElements / 8)
        : 0;
      const from = at + prefix + offsetBytes;
      if (maskBytes > 0) masks = file.read(from, blocks * maskBytes);
      addresses = file.read(from + blocks * maskBytes, blocks * addressBytes);
    }
    for (let block = 0; block < blocks; block++, first += count) {
      const at = addresses.address();
      const written = masks ? bitsOf(masks.part(maskBytes)) : () => true;
      if (at !== undefined) yield* dataBlock(at, first, count, written);
    }
  }
}

/** The numbers of the elements that have an address. */
function* defined(
  { file, bytes, addressBytes }: {
    readonly file: FileBytes;
    readonly bytes: number;
    readonly addressBytes: number;
  },
  { at, first, count }: {
    readonly at: number;
    readonly first: number;
    readonly count: number;
  },
): Generator<number> {
  if (bytes < addressBytes) {
    throw new StructureError("elements have no address");
  }
  const body = file.read(at, count * bytes);
  for (let k = 0; k < count; k++) {
    if (body.part(bytes).address() !== undefined) yield first + k;
  }
}

/** Bits of some bytes, the highest of each byte first. */
function bitsOf(bytes: Cursor): (bit: number) => boolean {
  const values = Array.from({ length: bytes.left }, () => bytes.number(1));
  return (bit) => (values[bit >> 3]! & (0x80 >> (bit & 7))) !== 0;
}
