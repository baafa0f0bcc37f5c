import { type Cursor, type FileBytes, StructureError } from "./bytes.ts";

/** The type of the message that says how data lie in the file. */
export const dataLayout = 0x08;

/** A message of an object header: what kind it is, and what it says. */
export interface Message {
  readonly type: number;
  /** Whether the body only says where the message is. */
  readonly isShared: boolean;
  readonly body: Cursor;
}

const continuation = 0x10;

/** More blocks than any object has. */
const mostBlocks = 10_000;

/** The messages of an object (HDF5 file format specification, IV.A.1). */
export function messagesOf(file: FileBytes, address: number): Message[] {
  return file.read(address, 4).number(4) === 0x5244484f // "OHDR"
    ? messagesOf2(file, address)
    : messagesOf1(file, address);
}

/** Version 1: no signature, no checksum. */
function messagesOf1(file: FileBytes, address: number): Message[] {
  const prefix = file.read(address, 12);
  const version = prefix.number(1);
  if (version !== 1) throw new StructureError("no object lies at its address");
  const size = prefix.skip(7).number(4);
  return blocksOf(file, file.read(address + 16, size), (block) => {
    if (block.left < 8) return undefined;
    const type = block.number(2), bytes = block.number(2);
    const isShared = (block.number(1) & 2) !== 0;
    return { type, isShared, body: block.skip(3).part(bytes) };
  });
}

/** Version 2: blocks have a signature before their messages and a checksum after. */
function messagesOf2(file: FileBytes, address: number): Message[] {
  const prefix = file.read(address, 6).skip(5);
  const flags = prefix.number(1);
  const times = flags & 0x20 ? 16 : 0, bounds = flags & 0x10 ? 4 : 0;
  const sizeAt = address + 6 + times + bounds, width = 1 << (flags & 3);
  const size = file.read(sizeAt, width).number(width);
  return blocksOf(file, file.read(sizeAt + width, size), (block) => {
    const order = flags & 4 ? 2 : 0;
    if (block.left < 4 + order) return undefined; // a gap
    const type = block.number(1), bytes = block.number(2);
    const isShared = (block.number(1) & 2) !== 0;
    return { type, isShared, body: block.skip(order).part(bytes) };
  }, 4);
}

function blocksOf(
  file: FileBytes,
  first: Cursor,
  next: (block: Cursor) => Message | undefined,
  around = 0,
): Message[] {
  const messages: Message[] = [], blocks = [first];
  for (let k = 0; k < blocks.length; k++) {
    if (k > mostBlocks) throw new StructureError("a header has no end");
    for (let message; (message = next(blocks[k]!));) {
      if (message.type !== continuation) {
        messages.push(message);
        continue;
      }
      const at = message.body.address() ?? 0, size = message.body.length();
      const block = file.read(at, size);
      blocks.push(
        around ? block.expect("OCHK").part(size - 2 * around) : block,
      );
    }
  }
  return messages;
}
