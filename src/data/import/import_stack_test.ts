import assert from "node:assert";
import { join } from "node:path";
import { encode } from "fast-png";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { encodeTiff } from "./_testing.ts";
import { importStack, type StackPlan } from "./import_stack.ts";
import type { Pixels } from "./picture.ts";

function encodePng(
  width: number,
  data: Uint8Array | Uint16Array,
  channels = 1,
): Uint8Array {
  const height = data.length / width / channels;
  const depth = data instanceof Uint8Array ? 8 : 16;
  return encode({ width, height, data, depth, channels });
}

/** Imports files of a folder, then looks at what came of it. */
async function imported(
  files: Record<string, Uint8Array>,
  plan: Partial<StackPlan>,
  body: (
    result: Awaited<ReturnType<typeof importStack>>,
    read: (name: string) => ArrayLike<number | bigint>,
  ) => void,
): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, bytes] of Object.entries(files)) {
      Deno.writeFileSync(join(folder, name), bytes);
    }
    const result = await importStack({
      resolutionNm: [50, 4.6, 4.6],
      output: join(folder, "out", "v.hdf"),
      ...plan,
      raw: join(folder, plan.raw ?? "*.png"),
      labels: plan.labels && join(folder, plan.labels),
    });
    using file = await openHdf5(result.path);
    body(result, (name) => {
      const dataset = file.dataset(name);
      assert.deepEqual(dataset.resolutionNm, [50, 4.6, 4.6]);
      const { shapeVox } = dataset;
      return dataset.read({ startVox: [0, 0, 0], shapeVox });
    });
  } finally {
    const left = [...Deno.readDirSync(folder)].map((entry) => entry.name);
    Deno.removeSync(folder, { recursive: true });
    assertEquals(left.some((name) => name.endsWith(".tmp")), false);
  }
}

async function refusal(
  files: Record<string, Uint8Array>,
  plan: Partial<StackPlan> = {},
): Promise<ExperimentError> {
  try {
    await imported(files, plan, () => {});
  } catch (error) {
    assert(error instanceof ExperimentError, String(error));
    assert(error.fix.length > 5);
    return error;
  }
  throw new Error("Expected the import to be refused");
}

const grey = (first: number) =>
  Uint8Array.from({ length: 6 }, (_, i) => first + i);

Deno.test("importStack() takes PNG files in natural order", () =>
  imported(
    {
      "z10.png": encodePng(3, grey(100)),
      "z2.png": encodePng(3, grey(20)),
      "z1.png": encodePng(3, grey(10)),
    },
    {},
    (result, read) => {
      assert.deepEqual(result.shapeVox, [3, 2, 3]);
      assertEquals(result.bits, 8);
      assertEquals(result.clefts, null);
      assertSameNumbers(read("volumes/raw") as Uint8Array, [
        ...grey(10),
        ...grey(20),
        ...grey(100),
      ]);
    },
  ));

Deno.test("importStack() numbers clefts across sections, corners touching", () =>
  imported(
    {
      "raw.tif": encodeTiff({ width: 3, pages: [grey(0), grey(1), grey(2)] }),
      "m1.png": encodePng(3, Uint8Array.of(255, 0, 0, 0, 127, 0)),
      "m2.png": encodePng(3, Uint8Array.of(0, 0, 0, 0, 200, 0)),
      "m3.png": encodePng(3, Uint8Array.of(0, 0, 128, 0, 0, 0)),
    },
    { raw: "raw.tif", labels: "m*.png" },
    (result, read) => {
      // (0,0,0), (1,1,1) and (2,0,2) touch by corners; 127 is not above 127.
      assertEquals(result.clefts, 1);
      assertEquals(result.cleftVox, 3);
      const no = 0xffffffffffffffffn;
      assert.deepEqual(
        read("volumes/labels/clefts"),
        BigUint64Array.of(
          ...[1n, no, no, no, no, no],
          ...[no, no, no, no, 1n, no],
          ...[no, no, 1n, no, no, no],
        ),
      );
    },
  ));

Deno.test("importStack() keeps 16 bits of PNG and TIFF", async () => {
  const pixels = Uint16Array.of(0, 1, 256, 40000, 65535, 7);
  await imported({ "a.png": encodePng(3, pixels) }, {}, (result, read) => {
    assertEquals(result.bits, 16);
    assertSameNumbers(read("volumes/raw") as Uint16Array, pixels);
  });
  await imported(
    { "a.tif": encodeTiff({ width: 3, pages: [pixels, pixels] }) },
    { raw: "a.tif" },
    (result, read) => {
      assert.deepEqual(result.shapeVox, [2, 2, 3]);
      assertSameNumbers(read("volumes/raw") as Uint16Array, [
        ...pixels,
        ...pixels,
      ]);
    },
  );
});

Deno.test("importStack() takes 1-bit masks and greys stored as colours", () => {
  const bits = encode({
    width: 10,
    height: 2,
    depth: 1,
    channels: 1,
    data: Uint8Array.of(0b10000000, 0b01000000, 0, 0),
  });
  const rgb = new Uint8Array(60).map((_, i) => Math.floor(i / 3));
  return imported(
    { "r.png": encodePng(10, rgb, 3), "m.png": bits },
    { raw: "r.png", labels: "m.png" },
    (result, read) => {
      assertSameNumbers(
        read("volumes/raw") as Uint8Array,
        Uint8Array.from({ length: 20 }, (_, i) => i),
      );
      assertEquals(result.clefts, 2); // pixels 0 and 9 of the first row
      assertEquals((read("volumes/labels/clefts") as BigUint64Array)[9], 2n);
    },
  );
});

Deno.test("importStack() reads more sections than it writes at a time", () =>
  imported(
    {
      "r.tif": encodeTiff({
        width: 3,
        pages: Array.from({ length: 11 }, (_, z) => grey(z)),
      }),
    },
    { raw: "r.tif", labels: "r.tif", labelThreshold: 14 },
    (result, read) => {
      const raw = read("volumes/raw") as Uint8Array;
      assertEquals(raw[10 * 6 + 5], 15);
      assertEquals(result.cleftVox, 1);
      assertEquals((read("volumes/labels/clefts") as BigUint64Array)[65], 1n);
    },
  ));

Deno.test("importStack() refuses what does not make a volume", async () => {
  const a = encodePng(3, grey(0)), b = encodePng(2, grey(0));
  assert.match(
    (await refusal({ "a.txt": a })).message,
    /no file matches ".*\*\.png"/,
  );
  assert.match(
    (await refusal({ "a.png": a, "b.png": b })).message,
    /different sizes: ".*b\.png" has 3 × 2 pixels, ".*a\.png" has 2 × 3/,
  );
  assert.match(
    (await refusal({ "a.png": a, "b.png": encodePng(3, new Uint16Array(6)) }))
      .message,
    /"?.*b\.png" has 16 bits, ".*a\.png" has 8/,
  );
  assert.match(
    (await refusal({ "a.png": a, "b.png": a }, { labels: "a.png" })).message,
    /2 sections of ".*\*\.png" with 1 of ".*a\.png"/,
  );
  assert.match(
    (await refusal({
      "a.png": a,
      "m.tif": encodeTiff({ width: 2, pages: [grey(0)] }),
    }, {
      labels: "m.tif",
    })).message,
    /\(1 × 2 × 3 voxels\) with ".*" \(1 × 3 × 2\)/,
  );
  assert.match(
    (await refusal({ "a.png": new TextEncoder().encode("P5 3 2 255") }))
      .message,
    /neither PNG nor TIFF/,
  );
  const colours = new Uint8Array(18).map((_, i) => i);
  assert.match(
    (await refusal({ "a.png": encodePng(3, colours, 3) })).message,
    /it is in colour/,
  );
  const flipped = a.slice();
  flipped[a.length - 20] = flipped[a.length - 20]! ^ 1;
  assert.match((await refusal({ "a.png": flipped })).message, /it is damaged/);
  assert.match(
    (await refusal({ "a.png": a }, { labels: "a.png" })).message,
    /the brightest label pixel is 5, those above 127 count/,
  );
  assert.match(
    (await refusal({ "a.png": a }, { resolutionNm: [50, 0, 4] })).message,
    /resolution of 50, 0, 4 nm/,
  );
});

Deno.test("importStack() stores greys of every kind where they have a place", async () => {
  const signed = Int16Array.of(-32768, -1, 0, 1, 256, 32767);
  const cases: [
    given: Pixels,
    stored: Uint8Array | Uint16Array | Float32Array,
  ][] = [
    [signed, Uint16Array.from(signed, (value) => value + 32768)],
    [Int16Array.of(0, 1, 2, 3, 4, 32767), Uint16Array.of(0, 1, 2, 3, 4, 32767)],
    [
      Int8Array.of(-128, -1, 0, 1, 2, 127),
      Uint8Array.of(0, 127, 128, 129, 130, 255),
    ],
    [Uint32Array.of(0, 1, 2, 3, 4, 255), Uint8Array.of(0, 1, 2, 3, 4, 255)],
    [Int32Array.of(0, 1, 2, 3, 4, 65535), Uint16Array.of(0, 1, 2, 3, 4, 65535)],
    [
      Float32Array.of(0, 0.25, 0.5, 0.75, 1, 0),
      Float32Array.of(0, 0.25, 0.5, 0.75, 1, 0),
    ],
    [Float64Array.of(0, 1, 2, 3, 4, 200), Uint8Array.of(0, 1, 2, 3, 4, 200)],
  ];
  for (const [given, stored] of cases) {
    await imported(
      { "a.tif": encodeTiff({ width: 3, pages: [given] }) },
      { raw: "a.tif" },
      (result, read) => {
        const raw = read("volumes/raw") as typeof stored;
        assertEquals(raw.constructor, stored.constructor);
        assertSameNumbers(raw, stored);
        assertEquals(result.bits, 8 * stored.BYTES_PER_ELEMENT);
        const note = /32768 is added|128 is added/.test(result.warnings.join());
        assertEquals(note, given.some((value) => value < 0));
      },
    );
  }
});

Deno.test("importStack() refuses greys that have no place", async () => {
  for (
    const pixels of [
      Float32Array.of(0, 0.5, 1.5),
      Float32Array.of(0, -0.5, 1),
      Float32Array.of(0, NaN, 1),
      Float64Array.of(0, 1, Infinity),
      Int32Array.of(-1, 0, 1),
      Uint32Array.of(0, 1, 65536),
    ]
  ) {
    const error = await refusal({
      "a.tif": encodeTiff({ width: 3, pages: [pixels] }),
    }, {
      raw: "a.tif",
    });
    assert.match(error.message, /has \d\d bits|one of its pixels is/);
  }
});

Deno.test("importStack() takes labels of every kind, and -1 for background", async () => {
  for (const Kind of [Int16Array, Int32Array, Float32Array, Float64Array]) {
    const labels = Kind.of(-1, 0, 200, -1, 1000, -1);
    await imported(
      {
        "r.png": encodePng(3, grey(0)),
        "m.tif": encodeTiff({ width: 3, pages: [labels] }),
      },
      { raw: "r.png", labels: "m.tif" },
      ({ cleftVox, clefts }) => assert.deepEqual([cleftVox, clefts], [2, 1]),
    );
  }
});

Deno.test("importStack() warns of labels that it leaves out, and of many clefts", async () => {
  const raw = { "r.png": encodePng(10, new Uint8Array(100)) };
  const of = (ids: Record<number, number>) => {
    const mask = new Uint8Array(100);
    for (const [at, id] of Object.entries(ids)) mask[Number(at)] = id;
    return { ...raw, "m.png": encodePng(10, mask) };
  };
  const plan = { raw: "r.png", labels: "m.png" };
  await imported(of({ 3: 255, 50: 5, 51: 127, 90: 130 }), plan, (result) => {
    assert.deepEqual([result.cleftVox, result.clefts], [2, 2]);
    assertEquals(result.warnings.length, 1);
    assert.match(
      result.warnings[0]!,
      /^2 label voxels have values from 5 to 127, which are not above 127/,
    );
  });
  const all = { ...plan, labelThreshold: 0 };
  await imported(of({ 3: 255, 50: 5, 51: 127 }), all, (result) => {
    assert.deepEqual([result.cleftVox, result.warnings.length], [3, 0]);
  });
  const inverted = Object.fromEntries(
    Array.from({ length: 94 }, (_, i) => [i, 255]),
  );
  await imported(of(inverted), plan, (result) => {
    assert.match(result.warnings.join(), /^94\.0 % of the voxels are cleft/);
  });
});

Deno.test("importStack() finds all sections behind one directory", () => {
  const masks = [0, 1, 2].map((z) => grey(0).fill(0).fill(255, z, z + 1));
  return imported(
    {
      "r.tif": encodeTiff({ width: 3, pages: [grey(0), grey(1), grey(2)] }, {
        isOneDirectory: true,
        tags: { 270: '{"shape": [3, 2, 3], "truncated": true}' },
      }),
      "m.tif": encodeTiff({ width: 3, pages: masks }, {
        isOneDirectory: true,
        isLittle: false,
        tags: { 270: "ImageJ=1.54f\nimages=3\nframes=3\n" },
      }),
    },
    { raw: "r.tif", labels: "m.tif" },
    ({ shapeVox, cleftVox }) => {
      assert.deepEqual([...shapeVox, cleftVox], [3, 2, 3, 3]);
    },
  );
});

Deno.test("importStack() stops when asked and leaves nothing", async () => {
  const controller = new AbortController();
  controller.abort();
  const folder = Deno.makeTempDirSync();
  Deno.writeFileSync(join(folder, "a.png"), encodePng(3, grey(0)));
  await assert.rejects(
    importStack({
      raw: join(folder, "*.png"),
      resolutionNm: [50, 4, 4],
      output: join(folder, "v.hdf"),
      signal: controller.signal,
    }),
    { name: "AbortError" },
  );
  assert.deepEqual([...Deno.readDirSync(folder)].map((e) => e.name), ["a.png"]);
  Deno.removeSync(folder, { recursive: true });
});
