import assert from "node:assert";
import { join } from "node:path";
import {
  type Entry,
  ExperimentError,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { type NewDataset, writeHdf5 } from "../hdf5/mod.ts";
import { type SourceContext, sources } from "./mod.ts";

const shapeVox: Zyx = [2, 2, 3];
const all = { startVox: [0, 0, 0], shapeVox } as const;
const background = 0xffffffffffffffffn, unknown = 0xfffffffffffffffen;
const raw: NewDataset = {
  shapeVox,
  resolutionNm: [40, 4, 4],
  data: Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
};
const clefts: NewDataset = {
  shapeVox,
  resolutionNm: [40, 4, 4],
  data: BigUint64Array.of(
    ...[background, 1n, 0n, unknown, 33n, background],
    ...[background, background, 2n, 0xfffffffffffffffdn, 0xffffffffn, 0n],
  ),
};

/** Opens a source in a folder of files, and closes it when `body` is through. */
async function withSource(
  files: Record<string, Record<string, NewDataset>>,
  { withoutLabels = false, ...entry }: Record<string, unknown>,
  body: (volume: Volume, context: SourceContext) => void | Promise<void>,
): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, datasets] of Object.entries(files)) {
      await writeHdf5(join(folder, name), datasets);
    }
    const context = {
      dataRoots: [join(folder, "none"), folder],
      cacheFolder: join(folder, "cache"),
      where: "x.yaml:9 data.train[0]",
      withoutLabels: withoutLabels === true,
    };
    const source = sources.create(sources.schema.parse(entry) as Entry);
    using volume = await source.open(context);
    await body(volume, context);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** The error that opening, or reading all, ends with. */
async function refusal(
  files: Record<string, Record<string, NewDataset>>,
  entry: Record<string, unknown>,
): Promise<ExperimentError> {
  try {
    await withSource(files, entry, (volume) => {
      volume.read({ startVox: [0, 0, 0], shapeVox: volume.shapeVox });
    });
  } catch (error) {
    assert(error instanceof ExperimentError, String(error));
    assert.match(error.where, /x\.yaml:9 data\.train\[0\]/);
    return error;
  }
  throw new Error("Expected the source to be refused");
}

const entry = { type: "cremi", file: "v.hdf" };

Deno.test("cremi reads grey values, ids and what is unknown", () =>
  withSource(
    { "v.hdf": { "volumes/raw": raw, "volumes/labels/clefts": clefts } },
    entry,
    (volume) => {
      assertEquals(volume.name, "v");
      assertEquals(volume.hasLabels, true);
      assert.deepEqual(volume.voxelNm, [40, 4, 4]);
      const patch = volume.read(all);
      assertSameNumbers(
        patch.image,
        Float32Array.from(raw.data as Uint8Array, (v) => v / 255),
      );
      assertSameNumbers(patch.target, [0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0]);
      assertSameNumbers(patch.mask, [1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
      const part = volume.read({ startVox: [1, 0, 1], shapeVox: [1, 2, 2] });
      assertSameNumbers(part.target, [0, 1, 1, 0]);
    },
  ));

Deno.test("cremi without labels knows nothing", () =>
  withSource({ "v.hdf": { "volumes/raw": raw } }, entry, (volume) => {
    assertEquals(volume.hasLabels, false);
    assertSameNumbers(volume.read(all).mask, new Uint8Array(12));
  }));

Deno.test("sources leave labels alone that nobody needs, sound or not", async () => {
  const half = { ...clefts, data: new Float32Array(12).fill(0.5) };
  const files = {
    "v.hdf": { "volumes/raw": raw, "volumes/labels/clefts": half },
    "r.hdf": { main: raw },
    "l.hdf": { main: half },
  };
  const entries = [entry, { type: "main", raw: "r.hdf", labels: "l.hdf" }];
  for (const one of entries) {
    assert.match((await refusal(files, one)).message, /one is 0\.5/);
    await withSource(files, { ...one, withoutLabels: true }, (volume) => {
      assertEquals(volume.hasLabels, false);
      assertEquals(volume.inputs.length, 1);
      assert.deepEqual(volume.labelledBox?.() ?? all, all); // where they lie
      const { image, mask } = volume.read(all);
      assertEquals(image[1], Math.fround(20 / 255));
      assertSameNumbers(mask, new Uint8Array(12));
    });
  }
});

Deno.test("cremi hashes its file", () =>
  withSource({ "v.hdf": { "volumes/raw": raw } }, entry, async (volume) => {
    const [input] = volume.inputs;
    const bytes = Deno.readFileSync(input!.path);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    assertEquals(input!.sha256, new Uint8Array(digest).toHex());
    assertEquals(input!.bytes, bytes.length);
  }));

Deno.test("cremi reads 16 bits and floats from 0 to 1", async () => {
  const sixteen = { ...raw, data: new Uint16Array(12).fill(13107) };
  await withSource({ "v.hdf": { "volumes/raw": sixteen } }, entry, (volume) => {
    assertEquals(volume.read(all).image[3], Math.fround(0.2)); // 13107 / 65535
  });
  const floats = { ...raw, data: new Float32Array(12).fill(0.75) };
  await withSource({ "v.hdf": { "volumes/raw": floats } }, entry, (volume) => {
    assertEquals(volume.read(all).image[11], 0.75);
  });
  floats.data[7] = 127;
  const error = await refusal({ "v.hdf": { "volumes/raw": floats } }, entry);
  assert.match(error.message, /one is 127, they should be from 0 to 1/);
});

Deno.test("cremi places smaller labels by their offset, unknown around them", () => {
  const wide: NewDataset = {
    shapeVox: [3, 4, 5],
    resolutionNm: [40, 4, 4],
    data: new Uint8Array(60),
  };
  const inner = { ...clefts, offsetNm: [40, 4, 8] as const };
  return withSource(
    { "v.hdf": { "volumes/raw": wide, "volumes/labels/clefts": inner } },
    entry,
    (volume) => {
      const { target, mask } = volume.read({
        startVox: [1, 0, 0],
        shapeVox: [1, 4, 5],
      });
      // deno-fmt-ignore
      assertSameNumbers(mask, [
        0, 0, 0, 0, 0,
        0, 0, 1, 1, 1,
        0, 0, 0, 1, 1,
        0, 0, 0, 0, 0,
      ]);
      // deno-fmt-ignore
      assertSameNumbers(target, [
        0, 0, 0, 0, 0,
        0, 0, 0, 1, 0,
        0, 0, 0, 1, 0,
        0, 0, 0, 0, 0,
      ]);
      const outside = { startVox: [0, 0, 0], shapeVox: [1, 4, 5] } as const;
      assertSameNumbers(volume.read(outside).mask, new Uint8Array(20));
    },
  );
});

Deno.test("cremi refuses labels that do not fit the raw data", async () => {
  const files = (labels: NewDataset) => ({
    "v.hdf": { "volumes/raw": raw, "volumes/labels/clefts": labels },
  });
  const narrow = {
    ...clefts,
    shapeVox: [2, 2, 2],
    data: new BigUint64Array(8),
  } as const;
  assert.match(
    (await refusal(files(narrow), entry)).message,
    /they are 2 × 2 × 2 voxels, the raw data 2 × 2 × 3/,
  );
  assert.match(
    (await refusal(files({ ...clefts, offsetNm: [0, 0, 8] }), entry)).message,
    /2 × 2 × 3 voxels from voxel 0, 0, 2, the raw data 2 × 2 × 3/,
  );
  assert.match(
    (await refusal(files({ ...clefts, offsetNm: [0, 0, 6] }), entry)).message,
    /between two voxels/,
  );
  assert.match(
    (await refusal(files({ ...clefts, resolutionNm: [50, 4, 4] }), entry))
      .message,
    /their voxels are 50 × 4 × 4 nm/,
  );
  const floats = { ...clefts, data: new Float32Array(12).fill(0.5, 7, 8) };
  assert.match(
    (await refusal(files(floats), entry)).message,
    /they are f32 and one is 0.5, they should be whole numbers/,
  );
});

Deno.test("cremi says what is missing", async () => {
  const { resolutionNm: _, ...silent } = raw;
  const files = { "v.hdf": { "volumes/raw": silent, "main": raw } };
  assert.match(
    (await refusal(files, entry)).message,
    /no attribute "resolution"/,
  );
  assert.match(
    (await refusal(files, { ...entry, raw: "raw" })).message,
    /the file has "main", "volumes\/raw"/,
  );
  const lost = await refusal(files, { ...entry, file: "w.hdf" });
  assert.match(lost.message, /none\/w\.hdf", ".*\/w\.hdf"/);
  assert.match(lost.fix, /data\/.*--data-root.*CLEFT_DATA.*docs\/data\.md/);
});

Deno.test("cremi notices that its file changes after it was hashed", () =>
  withSource({ "v.hdf": { "volumes/raw": raw } }, entry, (volume) => {
    volume.read(all);
    const { path } = volume.inputs[0]!;
    Deno.utimeSync(path, new Date(0), new Date(0));
    assert.throws(() => volume.read(all), /it changed while it was read/);
  }));

Deno.test("main reads a file of grey values and one of labels", () => {
  const labels = {
    shapeVox,
    data: BigUint64Array.of(
      ...[0n, 7n, background, 10000000001n, 10000000000n, 1n],
      ...[0n, 0n, 0n, 0n, unknown, 2n],
    ),
  };
  return withSource(
    { "r.hdf": { main: raw }, "l.hdf": { main: labels } },
    { type: "main", raw: "r.hdf", labels: "l.hdf", resolutionNm: [50, 5, 5] },
    (volume) => {
      assert.deepEqual(volume.voxelNm, [50, 5, 5]);
      assert.match(
        volume.notes!.join(),
        /^The .* 50 × 5 × 5 .* 40 × 4 × 4 nm$/,
      );
      const { target, mask } = volume.read(all);
      assertSameNumbers(target, [0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1]);
      assertSameNumbers(mask, new Uint8Array(12).fill(1));
      assertEquals(volume.inputs.length, 2);
      assertEquals(volume.name, "r");
    },
  );
});

Deno.test("main refuses raw and labels of different shapes", async () => {
  const labels = { shapeVox: [1, 4, 3], data: new BigUint64Array(12) } as const;
  const error = await refusal(
    { "r.hdf": { main: raw }, "l.hdf": { main: labels } },
    { type: "main", raw: "r.hdf", labels: "l.hdf" },
  );
  assert.match(
    error.message,
    /they are 1 × 4 × 3 voxels, the raw data 2 × 2 × 3/,
  );
});

Deno.test("cremi takes a resolution from the experiment, for raw and labels", () => {
  const metres = { resolutionNm: [4e-8, 4e-9, 4e-9] as const };
  const wide: NewDataset = {
    ...metres,
    shapeVox: [3, 4, 5],
    data: new Uint8Array(60),
  };
  const inner = { ...clefts, ...metres, offsetNm: [4e-8, 4e-9, 8e-9] as const };
  const files = {
    "v.hdf": { "volumes/raw": wide, "volumes/labels/clefts": inner },
  };
  return withSource(files, { ...entry, resolutionNm: [50, 5, 5] }, (volume) => {
    assert.deepEqual(volume.voxelNm, [50, 5, 5]);
    assert.match(volume.notes!.join(), /^The voxels of "volumes\/raw" are 50/);
    assert.equal(volume.notes!.length, 1); // of the labels it is the same
    const { target } = volume.read({ startVox: [1, 1, 2], shapeVox });
    assertSameNumbers(target, [0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0]);
  });
});

Deno.test("cremi says that labels are of another resolution than the experiment's", () => {
  const others = { ...clefts, resolutionNm: [30, 4, 4] as const };
  const files = {
    "v.hdf": { "volumes/raw": raw, "volumes/labels/clefts": others },
  };
  return withSource(
    files,
    { ...entry, resolutionNm: [40, 4, 4] },
    (volume) =>
      assert.deepEqual(volume.notes, [
        'The voxels of "volumes/labels/clefts" are 40 × 4 × 4 nm by ' +
        'resolutionNm; its attribute "resolution" says 30 × 4 × 4 nm',
      ]),
  );
});

Deno.test("cremi says what it took for background", () => {
  const data = Uint32Array.from(
    clefts.data as BigUint64Array,
    (v) => Number(BigInt.asUintN(32, v)),
  ).map((v, i) => v === 0 || i === 10 ? 0xffffffff : v);
  const files = {
    "v.hdf": {
      "volumes/raw": raw,
      "volumes/labels/clefts": { ...clefts, data },
    },
  };
  return withSource(files, entry, (volume) => {
    assert.deepEqual(volume.notes, [
      '4294967295 is background in "volumes/labels/clefts" (u32), ' +
      "4294967294 unknown",
    ]);
    const { target, mask } = volume.read(all);
    assertSameNumbers(target, [0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0]);
    assertSameNumbers(mask, [1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

Deno.test("sources that keep context leave labels alone, but for where they lie", () => {
  const wide: NewDataset = {
    shapeVox: [3, 4, 5],
    resolutionNm: [40, 4, 4],
    data: new Uint8Array(60),
  };
  const half = {
    ...clefts,
    offsetNm: [40, 4, 8] as const,
    data: new Float32Array(12).fill(0.5),
  };
  const files = {
    "v.hdf": { "volumes/raw": wide, "volumes/labels/clefts": half },
  };
  const one = {
    ...entry,
    context: { sections: 0, pixels: 1 },
    badSections: { sections: [1] },
    withoutLabels: true,
  };
  return withSource(files, one, (volume) => {
    assert.deepEqual(volume.wayBack!.block, {
      startVox: [1, 1, 2],
      shapeVox: [2, 2, 3],
    });
  });
});
