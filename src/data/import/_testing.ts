import { deflateSync } from "node:zlib";
import type { Pixels } from "./picture.ts";

/** How a test's TIFF file is stored; all that is left out is as plain as can be. */
export interface TiffForm {
  readonly isLittle?: boolean;
  readonly isBig?: boolean;
  readonly compression?: 1 | 8 | 32773;
  readonly predictor?: 1 | 2;
  readonly fillOrder?: 1 | 2;
  readonly channels?: number;
  readonly isPlanar?: boolean;
  readonly tile?: readonly [height: number, width: number];
  readonly rowsPerStrip?: number;
  /** More tags, or others in place of those written. */
  readonly tags?: Readonly<Record<number, number | readonly number[] | string>>;
  /** Writes the numbers of all pages, and a directory of the first alone. */
  readonly isOneDirectory?: boolean;
}

/**
 * A TIFF file written from the specification: pages `[H, W, C]` of one kind of
 * numbers, of 8 bits or more.
 */
export function encodeTiff(
  { width, pages }: { width: number; pages: readonly Pixels[] },
  form: TiffForm = {},
): Uint8Array<ArrayBuffer> {
  const out = new Out(form.isLittle ?? true, form.isBig ?? false);
  out.header();
  if (form.isOneDirectory) out.page(pages, width, form);
  else pages.forEach((page) => out.page([page], width, form));
  return Uint8Array.from(out.bytes);
}

/** Bytes of a packed strip by runs of one byte and by what differs, as they come. */
export function packBits(bytes: Uint8Array): Uint8Array {
  const packed: number[] = [];
  for (let at = 0; at < bytes.length;) {
    let run = 1;
    while (run < 128 && bytes[at + run] === bytes[at]) run++;
    if (run > 1) packed.push(257 - run, bytes[at]!);
    else packed.push(0, bytes[at]!);
    at += run;
  }
  return Uint8Array.from(packed);
}

class Out {
  readonly bytes: number[] = [];
  readonly #isLittle: boolean;
  readonly #isBig: boolean;
  #link = 0;

  constructor(isLittle: boolean, isBig: boolean) {
    this.#isLittle = isLittle;
    this.#isBig = isBig;
  }

  header(): void {
    this.bytes.push(...(this.#isLittle ? [0x49, 0x49] : [0x4d, 0x4d]));
    this.#number(this.#isBig ? 43 : 42, 2);
    if (this.#isBig) this.#number(8, 2), this.#number(0, 2);
    this.#link = this.bytes.length;
    this.#number(0, this.#width);
  }

  /** Writes the numbers of some pictures and a directory for the first. */
  page(pictures: readonly Pixels[], width: number, form: TiffForm): void {
    const { channels = 1, isPlanar = false, tile } = form;
    const [page] = pictures as [Pixels];
    const height = page.length / width / channels;
    const offsets: number[] = [], counts: number[] = [];
    pictures.forEach((picture, k) => {
      for (const block of blocksOf({ page: picture, width, height }, form)) {
        const packed = this.#packed(block, form);
        if (k === 0) {
          offsets.push(this.bytes.length), counts.push(packed.length);
        }
        this.bytes.push(...packed);
      }
    });
    const name = page.constructor.name;
    const format = name.startsWith("U") ? 1 : name.startsWith("I") ? 2 : 3;
    const all = (value: number) =>
      Array.from({ length: channels }, () => value);
    const tags: Record<number, number | readonly number[] | string> = {
      256: width,
      257: height,
      258: all(8 * page.BYTES_PER_ELEMENT),
      259: form.compression ?? 1,
      262: 1,
      266: form.fillOrder ?? 1,
      277: channels,
      284: isPlanar ? 2 : 1,
      317: form.predictor ?? 1,
      339: all(format),
      ...(tile ? { 322: tile[1], 323: tile[0], 324: offsets, 325: counts } : {
        273: offsets,
        278: form.rowsPerStrip ?? height,
        279: counts,
      }),
      ...form.tags,
    };
    this.#directory(tags);
  }

  #bytesOf(numbers: Pixels): Uint8Array {
    const bytes = new Uint8Array(numbers.slice().buffer);
    const step = numbers.BYTES_PER_ELEMENT;
    if (this.#isLittle) return bytes;
    for (let at = 0; at < bytes.length; at += step) {
      bytes.subarray(at, at + step).reverse();
    }
    return bytes;
  }

  get #width(): number {
    return this.#isBig ? 8 : 4;
  }

  #packed(
    { numbers, columns, stride }: Part,
    { compression, predictor, fillOrder }: TiffForm,
  ): Uint8Array {
    const stored = numbers.slice();
    if (predictor === 2) {
      for (let i = stored.length - 1; i >= 0; i--) {
        if (i % columns >= stride) stored[i]! -= stored[i - stride]!;
      }
    }
    const bytes = this.#bytesOf(stored as Pixels);
    const packed = compression === 8
      ? deflateSync(bytes)
      : compression === 32773
      ? packBits(bytes)
      : bytes;
    return fillOrder === 2 ? packed.map(turned) : packed;
  }

  #directory(
    tags: Readonly<Record<number, number | readonly number[] | string>>,
  ): void {
    const countBytes = this.#isBig ? 8 : 2;
    const values = Object.entries(tags).map(([tag, value]) => {
      const numbers = typeof value === "string"
        ? [...new TextEncoder().encode(value), 0]
        : [value].flat();
      const [type, bytes] = typeof value === "string" ? [2, 1] : [4, 4];
      let at = 0;
      if (numbers.length * bytes > this.#width) {
        at = this.bytes.length;
        for (const number of numbers) this.#number(number, bytes);
      }
      return { tag: Number(tag), type, bytes, numbers, at };
    });
    const start = this.bytes.length;
    this.#put(this.#link, start, this.#width);
    this.#number(values.length, countBytes);
    for (const { tag, type, bytes, numbers, at } of values) {
      this.#number(tag, 2);
      this.#number(type, 2);
      this.#number(numbers.length, this.#width);
      if (at > 0) {
        this.#number(at, this.#width);
        continue;
      }
      const end = this.bytes.length + this.#width;
      for (const number of numbers) this.#number(number, bytes);
      while (this.bytes.length < end) this.bytes.push(0);
    }
    this.#link = this.bytes.length;
    this.#number(0, this.#width);
  }

  #number(value: number, bytes: number): void {
    this.#put(this.bytes.length, value, bytes);
  }

  #put(at: number, value: number, bytes: number): void {
    for (let i = 0; i < bytes; i++) {
      const place = this.#isLittle ? i : bytes - 1 - i;
      this.bytes[at + i] = Math.floor(value / 256 ** place) % 256;
    }
  }
}

/** The numbers of a strip or tile, filled up with 0. */
interface Part {
  readonly numbers: Pixels;
  /** Numbers of a row. */
  readonly columns: number;
  /** Numbers of a pixel. */
  readonly stride: number;
}

function blocksOf(
  { page, width, height }: { page: Pixels; width: number; height: number },
  { channels = 1, isPlanar, tile, rowsPerStrip = height }: TiffForm,
): Part[] {
  const stride = isPlanar ? 1 : channels, parts: Part[] = [];
  const [blockHeight, blockWidth] = tile ?? [rowsPerStrip, width];
  for (let first = 0; first < (isPlanar ? channels : 1); first++) {
    for (let y = 0; y < height; y += blockHeight) {
      const rows = tile ? blockHeight : Math.min(blockHeight, height - y);
      for (let x = 0; x < width; x += blockWidth) {
        const columns = blockWidth * stride;
        const numbers = new (page.constructor as Uint8ArrayConstructor)(
          rows * columns,
        );
        for (let i = 0; i < numbers.length; i++) {
          const row = y + Math.floor(i / columns), inRow = i % columns;
          const column = x + Math.floor(inRow / stride);
          if (row >= height || column >= width) continue;
          numbers[i] =
            page[(row * width + column) * channels + first + inRow % stride]!;
        }
        parts.push({ numbers, columns, stride });
      }
    }
  }
  return parts;
}

function turned(byte: number): number {
  return Number.parseInt(
    [...byte.toString(2).padStart(8, "0")].reverse().join(""),
    2,
  );
}
