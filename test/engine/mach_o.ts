/** Load commands that say where the exported symbols are. */
const DYLD_INFO = 0x22, DYLD_INFO_ONLY = 0x80000022, TRIE = 0x80000033;

/**
 * The names that a library of macOS (64-bit Mach-O) has for others, as C knows
 * them, without the underscore before each.
 *
 * @throws {Error} If the file is no such library.
 */
export function machOExports(path: string): string[] {
  using file = Deno.openSync(path);
  const head = viewOf(read(file, 0, 32));
  if (head.getUint32(0, true) !== 0xfeedfacf) {
    throw new Error(`${path} is not a library of 64-bit macOS`);
  }
  const commands = viewOf(read(file, 32, head.getUint32(20, true)));
  for (let i = 0, at = 0; i < head.getUint32(16, true); i++) {
    const kind = commands.getUint32(at, true);
    const place = kind === DYLD_INFO || kind === DYLD_INFO_ONLY
      ? at + 40
      : kind === TRIE
      ? at + 8
      : null;
    if (place !== null) {
      const offset = commands.getUint32(place, true);
      return namesIn(read(file, offset, commands.getUint32(place + 4, true)));
    }
    at += commands.getUint32(at + 4, true);
  }
  throw new Error(`${path} does not say what it exports`);
}

/**
 * The names in a trie: each node has the size of what is known of its name,
 * which is 0 where no name ends, that, and children, each with the letters that
 * lead to it and its offset.
 */
function namesIn(trie: Uint8Array): string[] {
  const names: string[] = [];
  const visit = (node: number, name: string) => {
    let at = node;
    const number = () => {
      let value = 0;
      for (let shift = 0;; shift += 7) {
        const byte = trie[at++]!;
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    };
    const known = number();
    if (known > 0) names.push(name.slice(1));
    at += known;
    const children = trie[at++] ?? 0;
    for (let i = 0; i < children; i++) {
      const end = trie.indexOf(0, at);
      const letters = new TextDecoder().decode(trie.subarray(at, end));
      at = end + 1;
      visit(number(), name + letters);
    }
  };
  visit(0, "");
  return names;
}

function read(file: Deno.FsFile, offset: number, bytes: number): Uint8Array {
  file.seekSync(offset, Deno.SeekMode.Start);
  const buffer = new Uint8Array(bytes);
  for (let done = 0; done < bytes;) {
    const n = file.readSync(buffer.subarray(done));
    if (n === null) return buffer.subarray(0, done);
    done += n;
  }
  return buffer;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
