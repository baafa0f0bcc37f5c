/** What a library of Windows has for others that does nothing. */
export interface StandIn {
  /** Its name, such as "python312.dll". */
  readonly name: string;
  /** Names of functions; each returns 0. */
  readonly functions: readonly string[];
  /** Names of variables; all are the same page of zeros. */
  readonly variables: readonly string[];
}

const FILE_STEP = 0x200, PAGE = 0x1000;
/** Addresses of the three sections. */
const CODE = PAGE, DATA = 2 * PAGE, TABLES = 3 * PAGE;

/** Return 0: `xor eax, eax; ret`. */
const nothing = Uint8Array.of(0x31, 0xc0, 0xc3);

/**
 * A library for 64-bit Windows (PE32+) that takes the place of another one whose
 * functions are never called.
 */
export function makeStandIn(
  { name, functions, variables }: StandIn,
): Uint8Array<ArrayBuffer> {
  const tables = exportTable(name, [
    ...functions.map((name) => ({ name, address: CODE })),
    ...variables.map((name) => ({ name, address: DATA })),
  ]);
  // Says that nothing in it depends on where it is loaded: a list of changes
  // to the first page, which has two empty entries.
  const relocations = uint32s([CODE, 12, 0]);
  const headerBytes = FILE_STEP, codeBytes = FILE_STEP;
  const tableBytes = tables.length + relocations.length;
  const sections = [
    section(".text", CODE, nothing.length, {
      offset: headerBytes,
      bytes: codeBytes,
      flags: 0x60000020, // code to be read and run
    }),
    section(".data", DATA, PAGE, { offset: 0, bytes: 0, flags: 0xc0000080 }),
    section(".rdata", TABLES, tableBytes, {
      offset: headerBytes + codeBytes,
      bytes: upTo(FILE_STEP, tableBytes),
      flags: 0x40000040, // data to be read
    }),
  ];
  const file = new Uint8Array(
    headerBytes + codeBytes + upTo(FILE_STEP, tableBytes),
  );
  file.set(
    header(sections.length, TABLES + upTo(PAGE, tableBytes), [
      [TABLES, tables.length],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [TABLES + tables.length, relocations.length],
    ]),
  );
  sections.forEach((bytes, i) => file.set(bytes, HEADER_BYTES + 40 * i));
  file.set(nothing, headerBytes);
  file.set(tables, headerBytes + codeBytes);
  file.set(relocations, headerBytes + codeBytes + tables.length);
  return file;
}

const OPTIONAL_BYTES = 240, PE_OFFSET = 64;
const HEADER_BYTES = PE_OFFSET + 24 + OPTIONAL_BYTES;

/** The headers before the list of sections (Microsoft's PE format). */
function header(
  sections: number,
  imageBytes: number,
  tables: readonly (readonly [address: number, bytes: number])[],
): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES), view = new DataView(bytes.buffer);
  view.setUint16(0, 0x5a4d, true); // "MZ"
  view.setUint32(0x3c, PE_OFFSET, true);
  view.setUint32(PE_OFFSET, 0x4550, true); // "PE"
  view.setUint16(PE_OFFSET + 4, 0x8664, true); // x86-64
  view.setUint16(PE_OFFSET + 6, sections, true);
  view.setUint16(PE_OFFSET + 20, OPTIONAL_BYTES, true);
  view.setUint16(PE_OFFSET + 22, 0x2022, true); // a library, large addresses
  const at = PE_OFFSET + 24;
  view.setUint16(at, 0x20b, true); // PE32+
  view.setUint32(at + 4, FILE_STEP, true); // bytes of code
  view.setUint32(at + 20, CODE, true);
  view.setBigUint64(at + 24, 0x2_a000_0000n, true); // where it would like to be
  view.setUint32(at + 32, PAGE, true);
  view.setUint32(at + 36, FILE_STEP, true);
  view.setUint16(at + 40, 6, true); // versions of the system and subsystem
  view.setUint16(at + 48, 6, true);
  view.setUint32(at + 56, imageBytes, true);
  view.setUint32(at + 60, FILE_STEP, true); // bytes of headers
  view.setUint16(at + 68, 3, true); // console
  view.setUint16(at + 70, 0x160, true); // anywhere in memory, data do not run
  [0x100000, 0x1000, 0x100000, 0x1000].forEach((size, i) =>
    view.setBigUint64(at + 72 + 8 * i, BigInt(size), true) // stack and heap
  );
  view.setUint32(at + 108, 16, true); // entries of the following list
  tables.forEach(([address, size], i) => {
    view.setUint32(at + 112 + 8 * i, address, true);
    view.setUint32(at + 116 + 8 * i, size, true);
  });
  return bytes;
}

/** Where a section lies in the file, and what may be done with it. */
interface Placed {
  readonly offset: number;
  readonly bytes: number;
  readonly flags: number;
}

function section(
  name: string,
  address: number,
  memoryBytes: number,
  { offset, bytes, flags }: Placed,
): Uint8Array {
  const entry = new Uint8Array(40), view = new DataView(entry.buffer);
  entry.set(new TextEncoder().encode(name));
  [memoryBytes, address, bytes, offset].forEach((value, i) =>
    view.setUint32(8 + 4 * i, value, true)
  );
  view.setUint32(36, flags, true);
  return entry;
}

/** The table of what a library has for others, at the address {@linkcode TABLES}. */
function exportTable(
  library: string,
  exported: readonly { readonly name: string; readonly address: number }[],
): Uint8Array {
  // Windows looks names up by halving, in the order of their bytes.
  const sorted = [...exported].sort((a, b) => a.name < b.name ? -1 : 1);
  const count = sorted.length;
  const addresses = 40, names = addresses + 4 * count;
  const ordinals = names + 4 * count, texts = ordinals + 2 * count;
  const words = [library, ...sorted.map(({ name }) => name)]
    .map((word) => new TextEncoder().encode(word + "\0"));
  const places: number[] = [];
  let end = texts;
  for (const { length } of words) {
    places.push(TABLES + end);
    end += length;
  }
  const bytes = new Uint8Array(upTo(4, end)), view = new DataView(bytes.buffer);
  const fields = [places[0]!, 1, count, count]
    .concat([addresses, names, ordinals].map((at) => TABLES + at));
  fields.forEach((value, i) => view.setUint32(12 + 4 * i, value, true));
  sorted.forEach(({ address }, i) => {
    view.setUint32(addresses + 4 * i, address, true);
    view.setUint32(names + 4 * i, places[i + 1]!, true);
    view.setUint16(ordinals + 2 * i, i, true);
  });
  words.forEach((word, i) => bytes.set(word, places[i]! - TABLES));
  return bytes;
}

function uint32s(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setUint32(4 * i, value, true));
  return bytes;
}

function upTo(step: number, value: number): number {
  return Math.ceil(value / step) * step;
}
