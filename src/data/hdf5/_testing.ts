/** Bytes of an HDF5 file, for forms that h5wasm reads and does not write. */

import {
  Bytes,
  joined,
  padded,
  text,
  u16,
  u32,
  u64,
} from "./_bytes_testing.ts";
import { lookup3 } from "./storage/checksum.ts";

/** A dataset to craft. */
export interface CraftedDataset {
  /** Its extents. */
  readonly shape: readonly number[];
  /** The message that describes its type, as `datatypes` has some. */
  readonly type: Uint8Array;
  /** Its numbers; without them it is never written. */
  readonly data?: Uint8Array;
  /** Files that hold them, each as large. */
  readonly external?: readonly {
    readonly file: string;
    readonly bytes: number;
  }[];
  /** Files whose dataset `d` is a section each. */
  readonly virtual?: readonly string[];
  /** Attributes, float64, or bytes of a type. */
  readonly attributes?: Readonly<
    Record<string, readonly number[] | CraftedAttribute>
  >;
}

/** An attribute of any type. */
export interface CraftedAttribute {
  readonly type: Uint8Array;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A link in place of a dataset. */
export interface CraftedLink {
  /** The path it stands for. */
  readonly target: string;
  /** The other file it is in. */
  readonly file?: string;
}

type Crafted = CraftedDataset | CraftedLink;

/** The bytes of an HDF5 file without checksums: superblock 0, object headers 1. */
export function craftHdf5(
  entries: Readonly<Record<string, Crafted>>,
  base = 0,
): Uint8Array {
  const file = new Bytes();
  file.add(new Uint8Array(96));
  const root = addGroup(file, entries);
  const none = u64(-1);
  file.patch(
    0,
    joined(
      Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a),
      Uint8Array.of(0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0),
      ...[u64(base), none, u64(base + file.length), none],
      ...[u64(0), u64(root), u64(0), u64(0), u64(0)],
    ),
  );
  return joined(new Uint8Array(base), file.bytes);
}

function addGroup(
  file: Bytes,
  entries: Readonly<Record<string, Crafted>>,
): number {
  const children = Object.groupBy(
    Object.entries(entries),
    ([path]) => path.split("/", 1)[0]!,
  );
  const links = Object.entries(children).map(([name, inside]) => {
    const [[path, first]] = inside as [[string, Crafted]];
    if (path === name && "target" in first) return linkMessage(name, first);
    const at = path === name
      ? addDataset(file, first as CraftedDataset)
      : addGroup(
        file,
        Object.fromEntries(
          inside!.map(([p, entry]) => [p.slice(name.length + 1), entry]),
        ),
      );
    return message(0x06, joined(Uint8Array.of(1, 0), named(name), u64(at)));
  });
  const info = joined(Uint8Array.of(0, 0), u64(-1), u64(-1));
  return addHeader(file, [
    message(0x02, info),
    message(0x0a, Uint8Array.of(0, 0)),
    ...links,
  ]);
}

function linkMessage(name: string, { target, file }: CraftedLink): Uint8Array {
  const value = file === undefined
    ? text(target)
    : joined(Uint8Array.of(0), text(`${file}\0${target}\0`));
  const kind = file === undefined ? 1 : 64;
  return message(
    0x06,
    joined(Uint8Array.of(1, 8, kind), named(name), u16(value.length), value),
  );
}

function named(name: string): Uint8Array {
  return joined(Uint8Array.of(name.length), text(name));
}

function addDataset(file: Bytes, dataset: CraftedDataset): number {
  const { shape, type, data, external, virtual, attributes = {} } = dataset;
  const messages = [
    message(0x01, dataspace(shape)),
    message(0x03, type),
    message(0x05, Uint8Array.of(2, 2, 2, 1, 0, 0, 0, 0)),
  ];
  if (external) messages.push(message(0x07, externalFiles(file, external)));
  const size = data?.length ?? external?.reduce((sum, e) => sum + e.bytes, 0) ??
    0;
  messages.push(message(
    0x08,
    virtual
      ? joined(
        Uint8Array.of(4, 3),
        u64(addSources(file, virtual, shape)),
        u32(1),
      )
      : joined(Uint8Array.of(3, 1), u64(data ? file.add(data) : -1), u64(size)),
  ));
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = value instanceof Array
      ? {
        type: datatypes.f64,
        shape: [value.length],
        data: new Uint8Array(Float64Array.from(value).buffer),
      }
      : value as CraftedAttribute;
    const space = dataspace(attribute.shape);
    messages.push(message(
      0x0c,
      joined(
        Uint8Array.of(3, 0),
        ...[name.length + 1, attribute.type.length, space.length].map(u16),
        Uint8Array.of(0),
        ...[text(`${name}\0`), attribute.type, space, attribute.data],
      ),
    ));
  }
  return addHeader(file, messages);
}

function dataspace(shape: readonly number[]): Uint8Array {
  return joined(
    Uint8Array.of(1, shape.length, 0, 0, 0, 0, 0, 0),
    ...shape.map((extent) => u64(extent)),
  );
}

function externalFiles(
  file: Bytes,
  files: NonNullable<CraftedDataset["external"]>,
): Uint8Array {
  const names: Uint8Array[] = [new Uint8Array(8)], slots: Uint8Array[] = [];
  for (const { file: name, bytes } of files) {
    slots.push(u64(joined(...names).length), u64(0), u64(bytes));
    names.push(padded(text(`${name}\0`)));
  }
  const all = joined(...names),
    heap = file.add(
      joined(
        text("HEAP"),
        u32(0),
        u64(all.length),
        u64(1),
        u64(file.length + 32),
      ),
    );
  file.add(all);
  return joined(
    Uint8Array.of(1, 0, 0, 0),
    ...[u16(files.length), u16(files.length), u64(heap), ...slots],
  );
}

/** A global heap with the mapping: section z comes whole from file z. */
function addSources(
  file: Bytes,
  files: readonly string[],
  [, height, width]: readonly number[],
): number {
  const all = joined(u32(3), u32(1), u32(0), u32(0));
  const entries = files.map((name, z) =>
    joined(
      text(`${name}\0d\0`),
      all,
      ...[2, 1, 0, 32, 3, 1, z, 0, 0, z, height! - 1, width! - 1].map(u32),
    )
  );
  const block = joined(Uint8Array.of(0), u64(files.length), ...entries);
  const object = joined(block, u32(lookup3(block)));
  const used = padded(
    joined(u16(1), u16(1), u32(0), u64(object.length), object),
  );
  const size = Math.max(4096, 16 + used.length + 16);
  const rest = joined(u16(0), u16(0), u32(0), u64(size - 16 - used.length));
  const heap = new Uint8Array(size);
  heap.set(joined(text("GCOL"), u32(1), u64(size), used, rest));
  return file.add(heap);
}

function addHeader(file: Bytes, messages: readonly Uint8Array[]): number {
  const body = joined(...messages);
  return file.add(
    joined(
      Uint8Array.of(1, 0),
      ...[u16(messages.length), u32(1), u32(body.length), u32(0), body],
    ),
  );
}

function message(type: number, body: Uint8Array): Uint8Array {
  const whole = padded(body);
  return joined(u16(type), u16(whole.length), u32(0), whole);
}

/** Messages that describe types. */
export const datatypes = {
  u8: whole(1),
  u16: whole(2),
  u64: whole(8),
  u16Big: whole(2, 1),
  f16: float(0, [16, 15, 10, 5, 10, 15]),
  f16Big: float(1, [16, 15, 10, 5, 10, 15]),
  f64: float(0, [64, 63, 52, 11, 52, 1023]),
  bfloat16: float(0, [16, 15, 7, 8, 7, 127]),
  bitfield: joined(Uint8Array.of(0x14, 0, 0, 0), u32(1), u16(0), u16(8)),
  text: (bytes: number) => joined(Uint8Array.of(0x13, 1, 0, 0), u32(bytes)),
  bool: joined(
    ...[Uint8Array.of(0x38, 2, 0, 0), u32(1), whole(1, 8)],
    ...[text("FALSE\0TRUE\0"), Uint8Array.of(0, 1)],
  ),
} as const;

function whole(bytes: number, bits = 0): Uint8Array {
  return joined(
    ...[Uint8Array.of(0x10, bits, 0, 0), u32(bytes), u16(0), u16(8 * bytes)],
  );
}

function float(
  order: number,
  [bits, sign, exponentAt, exponent, mantissa, bias]: readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ],
): Uint8Array {
  return joined(
    ...[Uint8Array.of(0x11, 0x20 | order, sign, 0), u32(bits / 8)],
    ...[u16(0), u16(bits), Uint8Array.of(exponentAt, exponent, 0, mantissa)],
    u32(bias),
  );
}
