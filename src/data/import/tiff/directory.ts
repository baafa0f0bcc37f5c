import type { ByteSource } from "../byte_source.ts";
import { Unreadable } from "../unreadable.ts";

/** The tags that decide how a picture is read; names as in the specification. */
const tags = {
  NewSubfileType: 254,
  SubfileType: 255,
  ImageWidth: 256,
  ImageLength: 257,
  BitsPerSample: 258,
  Compression: 259,
  PhotometricInterpretation: 262,
  FillOrder: 266,
  ImageDescription: 270,
  StripOffsets: 273,
  Orientation: 274,
  SamplesPerPixel: 277,
  RowsPerStrip: 278,
  StripByteCounts: 279,
  PlanarConfiguration: 284,
  Predictor: 317,
  ColorMap: 320,
  TileWidth: 322,
  TileLength: 323,
  TileOffsets: 324,
  TileByteCounts: 325,
  SampleFormat: 339,
  ImageDepth: 32997,
} as const;

/** The name of a tag. */
export type Tag = keyof typeof tags;

/** Bytes of a whole number by its type in the file, signed ones left out. */
const numberBytes: Readonly<Record<number, number>> = {
  1: 1,
  3: 2,
  4: 4,
  13: 4,
  16: 8,
  18: 8,
};
const ASCII = 2;

/** What a TIFF file says of one picture. */
export interface Directory {
  /** Where it stands in the file. */
  readonly at: number;
  /** Whether the lower byte of a number comes first. */
  readonly isLittle: boolean;
  /**
   * The whole numbers of a tag; none if it is not there.
   *
   * @throws {Unreadable} If it holds something else, or lies outside the file.
   */
  numbers(tag: Tag): readonly number[];
  /** The first of them, or `otherwise` where there is none. */
  number(tag: Tag, otherwise: number): number;
  /** The text of a tag, empty if it is not there. */
  text(tag: Tag): string;
}

/** Whether bytes begin as a TIFF file does, a BigTIFF too. */
export function isTiff(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  const isLittle = a === 0x49 && b === 0x49 && d === 0 &&
    (c === 42 || c === 43);
  return isLittle ||
    a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43);
}

/**
 * The directories of a TIFF or BigTIFF file, which are its pages.
 *
 * @throws {Unreadable} If they form a circle or lie outside the file.
 */
export function* directoriesIn(source: ByteSource): Generator<Directory> {
  const reader = new Reader(source), seen = new Set<number>();
  for (let at = reader.first; at !== 0;) {
    if (seen.has(at)) {
      throw new Unreadable("it is damaged: its pages form a circle");
    }
    seen.add(at);
    const page = new Page(reader, at);
    yield page;
    at = page.next;
  }
  if (seen.size === 0) throw new Unreadable("it has no picture");
}

/** Numbers of a file in its order of bytes and its width of offsets. */
class Reader {
  readonly source: ByteSource;
  readonly isLittle: boolean;
  readonly isBig: boolean;
  readonly first: number;

  constructor(source: ByteSource) {
    this.source = source;
    this.isLittle = source.read(0, 1)[0] === 0x49;
    this.isBig = this.numbers(2, 1, 2)[0] === 43;
    this.first = this.numbers(this.isBig ? 8 : 4, 1, this.offsetBytes)[0]!;
  }

  get offsetBytes(): number {
    return this.isBig ? 8 : 4;
  }

  numbers(offset: number, count: number, bytes: number): number[] {
    const view = new DataView(this.source.read(offset, count * bytes).buffer);
    return Array.from({ length: count }, (_, i) => {
      const at = i * bytes;
      if (bytes === 1) return view.getUint8(at);
      if (bytes === 2) return view.getUint16(at, this.isLittle);
      if (bytes === 4) return view.getUint32(at, this.isLittle);
      return Number(view.getBigUint64(at, this.isLittle));
    });
  }
}

/** Where the value of a tag is. */
interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its value stands, or the offset of its value. */
  readonly at: number;
}

class Page implements Directory {
  readonly at: number;
  readonly next: number;
  readonly #reader: Reader;
  readonly #entries = new Map<number, Entry>();

  constructor(reader: Reader, at: number) {
    const { isBig, offsetBytes } = reader, countBytes = isBig ? 8 : 2;
    const entryBytes = isBig ? 20 : 12;
    const [count] = reader.numbers(at, 1, countBytes);
    const start = at + countBytes, end = start + count! * entryBytes;
    [this.next] = reader.numbers(end, 1, offsetBytes) as [number];
    for (let entry = start; entry < end; entry += entryBytes) {
      const [tag, type] = reader.numbers(entry, 2, 2) as [number, number];
      const [count] = reader.numbers(entry + 4, 1, offsetBytes) as [number];
      this.#entries.set(tag, { type, count, at: entry + 4 + offsetBytes });
    }
    this.#reader = reader;
    this.at = at;
  }

  get isLittle(): boolean {
    return this.#reader.isLittle;
  }

  numbers(tag: Tag): readonly number[] {
    const entry = this.#entries.get(tags[tag]);
    if (!entry) return [];
    const bytes = numberBytes[entry.type];
    if (bytes !== undefined) return this.#value(entry, bytes);
    throw new Unreadable(`it is damaged: its ${tag} is no whole number`);
  }

  number(tag: Tag, otherwise: number): number {
    return this.numbers(tag)[0] ?? otherwise;
  }

  text(tag: Tag): string {
    const entry = this.#entries.get(tags[tag]);
    if (entry?.type !== ASCII) return "";
    const bytes = Uint8Array.from(this.#value(entry, 1));
    return new TextDecoder().decode(bytes).replace(/\0[^]*$/, "");
  }

  /** Values of up to an offset's bytes stand in its place. */
  #value({ count, at }: Entry, bytes: number): number[] {
    const { offsetBytes } = this.#reader;
    const [offset] = count * bytes <= offsetBytes
      ? [at]
      : this.#reader.numbers(at, 1, offsetBytes);
    return this.#reader.numbers(offset!, count, bytes);
  }
}
