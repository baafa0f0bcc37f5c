import assert from "node:assert";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { encode } from "fast-png";
import { ExperimentError, openRng } from "@/core/mod.ts";
import { readFixture } from "@test/fixtures.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { refusalOf } from "@test/refusal.ts";
import { encodeTiff, type TiffForm } from "./_testing.ts";
import type { Picture, Pixels } from "./picture.ts";
import { picturesIn } from "./pictures.ts";

const folder = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => {
  Deno.removeSync(folder, { recursive: true });
});

/** The pictures of a file with some bytes, and what was noted of them. */
async function read(
  bytes: Uint8Array,
): Promise<{ pictures: Picture[]; notes: string[] }> {
  const path = join(folder, "picture"), notes: string[] = [];
  Deno.writeFileSync(path, bytes);
  const pictures: Picture[] = [];
  for await (const picture of picturesIn(path, (line) => notes.push(line))) {
    pictures.push(picture);
  }
  return { pictures, notes };
}

/** The message of the three lines by which a file is refused. */
async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await read(bytes);
  } catch (error) {
    assert(error instanceof ExperimentError, String(error));
    assert.match(`${error}`, /^Cannot [^\n]+\n {2}at {3}.+\n {2}fix {2}.{5,}$/);
    return error.message;
  }
  throw new Error("Expected the picture to be refused");
}

const kinds = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
};

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: string;
  readonly pages: readonly (readonly number[])[];
  readonly file: string;
}

Deno.test("picturesIn() reads what tifffile, libtiff and Pillow write", async () => {
  for (
    const { name, shape, kind, pages, file } of readFixture<Case>(
      "import/pictures.jsonl",
    )
  ) {
    const { pictures } = await read(Uint8Array.fromBase64(file));
    assertEquals(pictures.length, pages.length, name);
    pictures.forEach((picture, k) => {
      assert.deepEqual(picture.shape, shape, name);
      const array = picture.pixels.constructor.name.toLowerCase();
      assertEquals(array, `${kind}array`, name);
      assertSameNumbers(picture.pixels, pages[k]!, name);
    });
  }
});

const forms: fc.Arbitrary<TiffForm> = fc.record({
  isLittle: fc.boolean(),
  isBig: fc.boolean(),
  compression: fc.constantFrom(1 as const, 8 as const, 32773 as const),
  fillOrder: fc.constantFrom(1 as const, 2 as const),
}).chain((form) =>
  fc.oneof(
    fc.record({ rowsPerStrip: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ tile: fc.constantFrom([16, 16] as const, [16, 32] as const) }),
    fc.constant({ isOneDirectory: true, compression: 1 as const }),
  ).map((layout) => ({ ...form, ...layout }))
);

Deno.test("picturesIn() reads every kind of numbers in every layout", () =>
  fc.assert(
    fc.asyncProperty(
      forms,
      fc.constantFrom(...Object.values(kinds)),
      fc.boolean(),
      fc.tuple(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 40 }),
      ),
      fc.integer(),
      async (form, Kind, isPredicted, [height, width], seed) => {
        const rng = openRng(seed >>> 0);
        const pages = [0, 1, 2].map(() =>
          new Kind(height * width).map(() =>
            rng.integer(3) === 0 ? rng.integer(2 ** 31) - 2 ** 30 : 7
          ) as Pixels
        );
        const isWhole = !Kind.name.startsWith("Float");
        const { pictures } = await read(encodeTiff({ width, pages }, {
          ...form,
          predictor: isPredicted && isWhole ? 2 : 1,
          ...(form.isOneDirectory && {
            predictor: 1,
            tags: { 270: "ImageJ=1.54f\nimages=3\nslices=3\n" },
          }),
        }));
        assertEquals(pictures.length, 3);
        pictures.forEach(({ shape, pixels }, k) => {
          assert.deepEqual(shape, [height, width]);
          assertEquals(pixels.constructor as unknown, Kind);
          assertSameNumbers(pixels, pages[k]!);
        });
      },
    ),
    { numRuns: 120 },
  ));

const grey = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);
const page = (tags: TiffForm["tags"] = {}, form: TiffForm = {}) =>
  encodeTiff({ width: 4, pages: [grey] }, {
    ...form,
    tags: { ...form.tags, ...tags },
  });

Deno.test("picturesIn() refuses by name what it does not read", async () => {
  const cases: [says: RegExp, bytes: Uint8Array][] = [
    [/compressed by JPEG, which/, page({ 259: 7 })],
    [/compressed by JPEG, the old way/, page({ 259: 6 })],
    [/compressed by CCITT's fax group 4/, page({ 259: 4 })],
    [/compressed by JPEG 2000/, page({ 259: 33005 })],
    [/compressed by method 777/, page({ 259: 777 })],
    [/numbers of 24 bits/, page({ 258: 24 })],
    [/unknown numbers of 8 bits/, page({ 339: 5 })],
    [/predictor 3/, page({ 317: 3 })],
    [/colours of a printer/, page({ 262: 5 })],
    [/pages are volumes/, page({ 32997: 3 })],
    [/never written/, page({ 273: 0 })],
    [/but a JPEG/, Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0)],
    [
      /but HDF5, which needs no import/,
      Uint8Array.of(0x89, ...codes("HDF\r\n\x1a\n")),
    ],
    [/but a Windows bitmap/, Uint8Array.from(codes("BM      "))],
    [/neither PNG nor TIFF$/, Uint8Array.from(codes("hello"))],
    [/it is empty/, new Uint8Array()],
    [/2 channels/, hyperstack("channels=2\nslices=3")],
    [/2 slices of 3 frames/, hyperstack("slices=2\nframes=3")],
    [
      /OME-TIFF of 2 channels/,
      page({ 270: '<OME><Pixels SizeC="2" SizeZ="3"/></OME>' }),
    ],
    [/stack of stacks/, page({ 270: '{"shape": [2, 3, 3, 4]}' })],
    [
      /interlaced and has 1 bits/,
      withHeader(png(new Uint8Array(2), { depth: 1, width: 9 }), 28, 1),
    ],
    [/animated/, animated(png(grey))],
  ];
  for (const [says, bytes] of cases) assert.match(await refusal(bytes), says);
});

Deno.test("picturesIn() refuses colours, transparency and further channels", async () => {
  const pixels = (count: number, of: (i: number, channel: number) => number) =>
    Uint8Array.from(
      { length: 12 * count },
      (_, i) => of(Math.floor(i / count), i % count),
    );
  const opaque = (count: number) =>
    pixels(count, (i, channel) => channel === count - 1 ? 255 : grey[i]!);
  const clear = opaque(2).map((value, i) => i === 11 ? 0 : value);
  const three = pixels(3, (i, channel) => channel === 2 ? i : grey[i]!);
  const rgb = { channels: 3, tags: { 262: 2 } };
  const cases: [says: RegExp | null, bytes: Uint8Array][] = [
    [
      null,
      encodeTiff({ width: 4, pages: [opaque(2)] }, {
        channels: 2,
        tags: { 338: 2 },
      }),
    ],
    [
      null,
      encodeTiff({ width: 4, pages: [opaque(2)] }, {
        channels: 2,
        isPlanar: true,
      }),
    ],
    [null, png(opaque(2), { channels: 2 })],
    [
      /transparent/,
      encodeTiff({ width: 4, pages: [clear] }, {
        channels: 2,
        tags: { 338: 2 },
      }),
    ],
    [
      /transparent/,
      encodeTiff({ width: 4, pages: [clear] }, { channels: 2, isPlanar: true }),
    ],
    [/transparent/, png(clear, { channels: 2 })],
    [/in colour/, encodeTiff({ width: 4, pages: [three] }, rgb)],
    [
      /in colour/,
      encodeTiff({ width: 4, pages: [three] }, { ...rgb, isPlanar: true }),
    ],
    [/in colour/, png(three, { channels: 3 })],
    [/3 channels/, encodeTiff({ width: 4, pages: [three] }, { channels: 3 })],
    [
      /a palette of colours/,
      page({ 262: 3, 320: Array.from({ length: 768 }, (_, i) => 80 * i) }),
    ],
    [/outside the palette/, page({ 262: 3, 320: [0, 0, 0] })],
  ];
  for (const [says, bytes] of cases) {
    if (says) assert.match(await refusal(bytes), says);
    else assertSameNumbers((await read(bytes)).pictures[0]!.pixels, grey);
  }
});

Deno.test("picturesIn() ends with what forms a circle, is empty or huge", async () => {
  const circle = encodeTiff({ width: 4, pages: [grey, grey] });
  const view = new DataView(circle.buffer);
  view.setUint32(circle.length - 4, view.getUint32(4, true), true);
  const cases: [says: RegExp, bytes: Uint8Array][] = [
    [/its pages form a circle/, circle],
    [/it has 0 × 4 pixels/, page({ 257: 0 })],
    [/it has 3 × 0 pixels/, page({ 256: 0 })],
    [/more than 1073741824/, page({ 256: 2 ** 31, 257: 2 ** 31 })],
    [/cannot hold a part of/, page({ 256: 2 ** 14, 257: 2 ** 14 })],
    [/12 bytes cannot hold/, page({ 257: 30_000, 278: 30_000, 259: 8 })],
    [/it has 1 parts and needs more/, page({ 278: 1 })],
    [/0 × 8 pixels/, page({ 322: 8, 323: 0, 324: 8, 325: 12 })],
    [
      /more than 1073741824/,
      page({ 322: 2 ** 20, 323: 2 ** 20, 324: 8, 325: 12 }),
    ],
    [/more than 1073741824/, page({ 277: 2 ** 30 })],
    [/it is cut short: it has \d+ bytes/, page({ 279: 2 ** 31 })],
    [/has 0 × 4 pixels/, withHeader(png(grey), 20, 0, 4)],
    [
      /cannot hold 60000 × 4 pixels|cannot hold \d+/,
      withHeader(png(grey), 20, 60_000, 4),
    ],
    [/more than 1073741824/, withHeader(png(grey), 16, 2 ** 31, 4)],
    [/damaged or unsupported/, bomb()],
  ];
  for (const [says, bytes] of cases) assert.match(await refusal(bytes), says);
});

Deno.test("picturesIn() takes a description for what it is worth", async () => {
  const text = (images: number) => ({
    270: `ImageJ=1.54f\nimages=${images}\n`,
  });
  const stack = (images: number, kept: number) =>
    encodeTiff({
      width: 20,
      pages: Array.from({ length: kept }, () => new Uint8Array(400)),
    }, {
      isOneDirectory: true,
      tags: text(images),
    });
  // Cut out of a stack of six, and never more than one section.
  const alone = await read(stack(6, 1));
  assertEquals(alone.pictures.length, 1);
  assert.match(alone.notes.join(), /speaks of 6 pictures, it has 1/);
  const packed = await read(page(text(6), { compression: 8 }));
  assertEquals(packed.pictures.length, 1);
  assert.match(packed.notes.join(), /speaks of 6 pictures, it has 1/);
  // Several sections, but not all: they were lost.
  assert.match(
    await refusal(stack(6, 5)),
    /cut short: it speaks of 6 pictures and has room for 5/,
  );
  // Several pages: each of them is a section, whatever is said.
  assertEquals(
    (await read(
      encodeTiff({ width: 4, pages: [grey, grey] }, { tags: text(9) }),
    )).pictures
      .length,
    2,
  );
});

Deno.test("picturesIn() leaves out thumbnails, with a word", async () => {
  const thumbnail = encodeTiff({ width: 4, pages: [grey] }, {
    tags: { 254: 1 },
  });
  assert.match(await refusal(thumbnail), /no picture but thumbnails/);
  const mask = encodeTiff({ width: 4, pages: [grey, grey] }, {
    tags: { 254: 2 },
  });
  assertEquals((await read(mask)).pictures.length, 2);
});

Deno.test("picturesIn() refuses a picture cut short anywhere", async () => {
  const files = [
    encodeTiff({ width: 4, pages: [grey, grey] }, {
      compression: 8,
      rowsPerStrip: 2,
    }),
    encodeTiff({ width: 4, pages: [grey, grey] }, {
      isBig: true,
      compression: 32773,
    }),
    png(grey),
  ];
  for (const bytes of files) {
    for (let end = 0; end < bytes.length; end += 3) {
      await refusal(bytes.subarray(0, end));
    }
  }
});

Deno.test("picturesIn() answers 300 mutations with pictures or three lines", async () => {
  const files = [
    ...readFixture<Case>("import/pictures.jsonl")
      .filter((_, i) => i % 5 === 0)
      .map(({ file }) => Uint8Array.fromBase64(file)),
    encodeTiff({ width: 4, pages: [grey, grey] }, {
      isBig: true,
      isLittle: false,
      tile: [16, 16],
    }),
    png(grey),
  ];
  const { pictures: intact } = await read(files.at(-1)!);
  const rng = openRng(11).at("mutations");
  let sound = 0;
  for (let k = 0; k < 300; k++) {
    const bytes = files[k % files.length]!.slice();
    for (let change = rng.integer(4); change >= 0; change--) {
      const at = rng.integer(rng.integer(2) === 0 ? 64 : bytes.length);
      bytes[at % bytes.length] = [0, 1, 255, rng.integer(256)][rng.integer(4)]!;
    }
    const refusal = await refusalOf(async () => {
      const { pictures } = await read(bytes);
      const isPng = k % files.length === files.length - 1;
      // Each byte of a PNG has a checksum.
      if (isPng) assert.deepEqual(pictures, intact);
    });
    if (refusal === null) sound++;
  }
  assert(sound > 20 && sound < 280, `${sound} were read`);
});

function codes(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

function hyperstack(axes: string): Uint8Array {
  return page({ 270: `ImageJ=1.54f\nimages=6\n${axes}\nhyperstack=true\n` });
}

/** A PNG of four pixels a row. */
function png(
  data: Uint8Array,
  { channels = 1, depth = 8, width = 4 }: {
    channels?: number;
    depth?: 1 | 8;
    width?: number;
  } = {},
): Uint8Array<ArrayBuffer> {
  const height = depth === 1 ? 1 : data.length / channels / width;
  return Uint8Array.from(encode({ width, height, data, channels, depth }));
}

/** A PNG with another number in its header. */
function withHeader(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  ...[value, size = 1]: [value: number, size?: 1 | 4]
): Uint8Array {
  const view = new DataView(bytes.buffer);
  if (size === 4) view.setUint32(at, value);
  else view.setUint8(at, value);
  return bytes;
}

/** A PNG with a chunk of animation before its pixels. */
function animated(bytes: Uint8Array): Uint8Array {
  const chunk = [
    0,
    0,
    0,
    8,
    ...codes("acTL"),
    0,
    0,
    0,
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  return Uint8Array.of(
    ...bytes.subarray(0, 33),
    ...chunk,
    ...bytes.subarray(33),
  );
}

/** A strip that becomes a thousand times what its picture needs. */
function bomb(): Uint8Array {
  const packed = deflateSync(new Uint8Array(2 ** 24));
  const plain = page({}, { compression: 8 });
  const at = plain.length;
  return Uint8Array.of(
    ...page({ 273: at, 279: packed.length }, { compression: 8 }),
    ...packed,
  );
}
