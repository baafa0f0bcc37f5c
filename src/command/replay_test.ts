import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { mapZyx, sizeOf, wholeBox, type Zyx } from "@/core/mod.ts";
import { openHdf5, writeHdf5 } from "@/data/mod.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

const voxelNm: Zyx = [40, 4, 4], offsetNm: Zyx = [80, 0, 400];
const background = 2n ** 64n - 1n, unknown = 2n ** 64n - 2n;

/** Writes the volume that test/fixtures/augment/make.py reads. */
async function writeHashed(path: string, shapeVox: Zyx): Promise<void> {
  const bytes = hashedBytes(sizeOf(shapeVox));
  const common = { shapeVox, resolutionNm: voxelNm, offsetNm };
  await writeHdf5(path, {
    "volumes/raw": { ...common, data: Uint8Array.from(bytes) },
    "volumes/labels/clefts": {
      ...common,
      data: BigUint64Array.from(bytes, (h) => h % 5 === 0 ? 1n : background),
    },
  });
}

/** Reads grey values, targets and masks that replay wrote. */
async function readOutput(path: string) {
  using file = await openHdf5(path);
  const raw = file.dataset("volumes/raw");
  const clefts = file.dataset("volumes/labels/clefts");
  const box = wholeBox(raw.shapeVox);
  const labels = clefts.read(box) as BigUint64Array;
  return {
    ...raw,
    image: raw.read(box) as Float32Array,
    target: Uint8Array.from(labels, (label) => label === 1n ? 1 : 0),
    mask: Uint8Array.from(labels, (label) => label === unknown ? 0 : 1),
  };
}

const write = (folder: string, name: string, value: unknown) =>
  Deno.writeTextFileSync(join(folder, name), JSON.stringify(value));

/** A case of test/fixtures/augment/elastic.jsonl. */
interface ElasticCase {
  readonly name: string;
  readonly marginVox: Zyx;
  readonly options: { readonly imageOrder: number };
  readonly parameters: { readonly shapeVox: Zyx };
  readonly voxels: readonly number[];
  readonly image: readonly number[];
  readonly target: readonly number[];
  readonly mask: readonly number[];
}

for (const fixture of readFixture<ElasticCase>("augment/elastic.jsonl")) {
  testInFolder(
    `replay --augmentation reads what augment-nd and scipy do: ${fixture.name}`,
    async (folder) => {
      const { options, parameters, marginVox } = fixture;
      const { shapeVox } = parameters;
      await writeHashed(
        join(folder, "in.hdf"),
        mapZyx((axis) => shapeVox[axis] + 2 * marginVox[axis]),
      );
      write(folder, "do.json", [
        { augmentation: { type: "elastic", ...options }, parameters },
      ]);
      const bounds = mapZyx((axis) => marginVox[axis]).map((from, axis) =>
        `${"zyx"[axis]}: [${from}, ${from + shapeVox[axis]!}]`
      );
      const { code, err } = await say(
        folder,
        ...["replay", "--augmentation", "do.json", "--input", "in.hdf"],
        ...["--region", `{ ${bounds.join(", ")} }`, "--output", "out.hdf"],
      );
      assertEquals(code, 0, err);
      const after = await readOutput(join(folder, "out.hdf"));
      deepStrictEqual(after.resolutionNm, voxelNm);
      deepStrictEqual(
        after.offsetNm,
        mapZyx((axis) => offsetNm[axis] + marginVox[axis] * voxelNm[axis]),
      );
      const tolerance = options.imageOrder === 3 ? 1e-4 : 1e-5;
      fixture.voxels.forEach((voxel, i) => {
        assertAlmostEquals(after.image[voxel]!, fixture.image[i]!, tolerance);
        assertEquals(after.target[voxel], fixture.target[i]!, "target");
        assertEquals(after.mask[voxel], fixture.mask[i]!, "mask");
      });
    },
  );
}

testInFolder(
  "replay --augmentation does several things one after another, null for nothing",
  async (folder) => {
    const shapeVox: Zyx = [2, 3, 4];
    await writeHashed(join(folder, "in.hdf"), shapeVox);
    const flip = { flipZ: false, flipX: true, flipY: false, transpose: false };
    const changes = [{ scale: 1, shift: 0.25 }];
    write(folder, "sample.json", {
      index: 7, // as in the file of a sample
      augmentations: [
        { augmentation: { type: "simple" }, parameters: flip },
        { augmentation: { type: "grey" }, parameters: null },
        {
          augmentation: {
            type: "compose",
            steps: [{ type: "intensity", sectionWise: false }],
          },
          parameters: [{ type: "intensity", parameters: { changes } }],
        },
      ],
    });
    const { code, err } = await say(
      folder,
      ...["replay", "--augmentation", "sample.json", "--input", "in.hdf"],
      ...["--output", "out.hdf"],
    );
    assertEquals(code, 0, err);
    const { image, target } = await readOutput(join(folder, "out.hdf"));
    const bytes = hashedBytes(sizeOf(shapeVox));
    for (let i = 0; i < bytes.length; i++) {
      const from = i - i % 4 + 3 - i % 4;
      const grey = Math.min(1, bytes[from]! / 255 + 0.25);
      assertAlmostEquals(image[i]!, grey, 1e-6);
      assertEquals(target[i], bytes[from]! % 5 === 0 ? 1 : 0);
    }
  },
);

testInFolder(
  "replay --augmentation reads a volume of another kind, without labels",
  async (folder) => {
    const shapeVox: Zyx = [2, 4, 4];
    await writeHdf5(join(folder, "grey.hdf"), {
      main: { shapeVox, data: new Uint8Array(32).fill(51) },
    });
    const parameters = {
      flipZ: true,
      flipX: true,
      flipY: true,
      transpose: true,
    };
    write(folder, "do.json", [{
      augmentation: { type: "simple" },
      parameters,
    }]);
    const { code, err } = await say(
      folder,
      ...["replay", "--augmentation", "do.json", "--output", "out.hdf"],
      ...["--source", `{ type: main, raw: ${folder}/grey.hdf }`],
    );
    assertEquals(code, 0, err);
    using file = await openHdf5(join(folder, "out.hdf"));
    deepStrictEqual(file.names, ["volumes/raw"]);
    deepStrictEqual(
      file.dataset("volumes/raw").read(wholeBox(shapeVox)),
      new Float32Array(32).fill(0.2),
    );
  },
);

const still = { flipZ: false, flipX: false, flipY: false, transpose: false };
const faults: readonly (readonly [
  what: string,
  content: unknown,
  says: RegExp,
])[] = [
  ["an empty list", [], /should list what to do/],
  ["no list", { a: 1 }, /should list what to do/],
  ["an item that is none", [{ type: "simple" }], /should list what to do/],
  [
    "an unknown augmentation",
    [{ augmentation: { type: "simpel" }, parameters: still }],
    /"simpel" for \[0\]\.augmentation\.type: there is no such type\n.*\n {2}fix {2}Write "simple"/,
  ],
  [
    "an option that cannot be",
    [{ augmentation: { type: "simple", flipZ: 2 }, parameters: still }],
    /Cannot use 2 for \[0\]\.augmentation\.flipZ/,
  ],
  [
    "missing parameters",
    [{ augmentation: { type: "simple" } }],
    /\[0\]\.parameters for "simple": it is missing/,
  ],
  [
    "a missing parameter",
    [{
      augmentation: { type: "simple" },
      parameters: { ...still, flipX: undefined },
    }],
    /\[0\]\.parameters\.flipX for "simple": it is missing/,
  ],
  [
    "an unknown parameter",
    [{
      augmentation: { type: "simple" },
      parameters: { ...still, flip: true },
    }],
    /\[0\]\.parameters for "simple": it has an unknown key "flip"/,
  ],
  [
    "a parameter of another type",
    [{ augmentation: { type: "simple" }, parameters: { ...still, flipZ: 1 } }],
    /\[0\]\.parameters\.flipZ for "simple": expected boolean, received number/,
  ],
  [
    "a transposition of what is not square",
    [{
      augmentation: { type: "simple" },
      parameters: { ...still, transpose: true },
    }],
    /\[0\]\.parameters\.transpose .*6 x 4 voxels are not square/,
  ],
  [
    "a list for other sections",
    [
      { augmentation: { type: "simple" }, parameters: still },
      {
        augmentation: { type: "intensity" },
        parameters: { changes: [{ scale: 1, shift: 0 }] },
      },
    ],
    /\[1\]\.parameters\.changes for "intensity": it should have 3, one for each section\n {2}at .*do\.json \[1\]/,
  ],
  [
    "a field of another extent",
    [{
      augmentation: { type: "elastic" },
      parameters: {
        shapeVox: [3, 6, 5],
        points: [1, 2, 2],
        offsetsVox: [null, [0, 0, 0], null],
        angle: 0,
        imageShiftsVox: [[0, 0], [0, 0], [0, 0]],
        labelShiftsVox: [[0, 0], [0, 0], [0, 0]],
      },
    }],
    /\[0\]\.parameters\.shapeVox .*it should be \[3, 6, 4\]/,
  ],
  [
    "what a composition does not have",
    [{
      augmentation: { type: "compose", steps: [{ type: "simple" }] },
      parameters: [{ type: "grey", parameters: null }],
    }],
    /\[0\]\.parameters\[0\]\.type for "compose": it should be "simple"/,
  ],
];

for (const [what, content, says] of faults) {
  testInFolder(
    `replay --augmentation refuses ${what} and writes nothing`,
    async (folder) => {
      await writeHashed(join(folder, "in.hdf"), [3, 6, 4]);
      write(folder, "do.json", content);
      await refuses(folder, ["--input", "in.hdf"], says);
    },
  );
}

testInFolder(
  "replay --augmentation refuses files, regions and sources that are none",
  async (folder) => {
    await writeHashed(join(folder, "in.hdf"), [3, 6, 4]);
    Deno.writeTextFileSync(join(folder, "do.json"), "[");
    await refuses(folder, ["--input", "in.hdf"], /it is not JSON/);
    Deno.removeSync(join(folder, "do.json"));
    await refuses(folder, ["--input", "in.hdf"], /there is no such file/);
    write(folder, "do.json", [
      { augmentation: { type: "simple" }, parameters: still },
    ]);
    await refuses(folder, [], /neither --input nor --source/);
    await refuses(folder, ["--input", "do.json"], /not an HDF5 file/);
    await refuses(folder, ["--source", "{ type: cremy }"], /Write "cremi"/);
    const input = ["--input", "in.hdf"];
    await refuses(
      folder,
      [...input, "--region", "{ z: [0, 9] }"],
      /Cannot cut the region 0 to 9 along z/,
    );
    await refuses(folder, [...input, "--region", "{ a: 1 }"], /"a"/);
    await refuses(folder, [...input, "--region", "["], /--region/);
    await refuses(folder, [...input, "--source", "x"], /both/);
    await refuses(
      folder,
      [...input, "--sample", "1"],
      /--sample with --augmentation\n.*\n.*Leave out --sample/,
    );
    await refuses(folder, ["last", ...input], /takes the place of a run/);
  },
);

testInFolder(
  "replay --augmentation looks where you are, then in the data roots",
  async (folder) => {
    write(folder, "do.json", [
      { augmentation: { type: "simple" }, parameters: still },
    ]);
    const words = ["replay", "--augmentation", "do.json", "--input", "in.hdf"];
    const more = ["--output", "out.hdf", "--data-root", "root"];
    Deno.mkdirSync(join(folder, "root"));
    await writeHashed(join(folder, "root", "in.hdf"), [3, 6, 4]);
    const { code, err } = await say(folder, ...words, ...more);
    assertEquals(code, 0, err);
    await writeHashed(join(folder, "in.hdf"), [2, 6, 4]);
    await say(folder, ...words, ...more);
    const { shapeVox } = await readOutput(join(folder, "out.hdf"));
    deepStrictEqual(shapeVox, [2, 6, 4]);
  },
);

/** Fails unless a command ends as bad input, says so, and leaves no new file. */
async function refuses(
  folder: string,
  words: readonly string[],
  says: RegExp,
): Promise<void> {
  const before = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  const { code, err } = await say(
    folder,
    ...["replay", "--augmentation", "do.json", "--output", "out.hdf"],
    ...words,
  );
  assertEquals(code, 2, err);
  match(err, says);
  match(err, /^Cannot [^]+\n {2}at [^]+\n {2}fix /);
  deepStrictEqual(
    [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
    before,
  );
}

const wrongWords:
  readonly (readonly [words: readonly string[], says: RegExp])[] = [
    [[], /neither a run nor --augmentation/],
    [["last"], /no sample is chosen/],
    [["last", "--sample", "a"], /whole number/],
    [["last", "--sample", "9..3"], /no number or range/],
    [["last", "--sample", "1..2..3"], /no number or range/],
    [
      ["last", "--sample", "1", "--input", "x"],
      /--input without --augmentation\n.*\n.*Leave out --input/,
    ],
    [["last", "--random", "0"], /--random: .* at least 1 /],
    [["last", "--random", ""], /its value is missing/],
    [["last", "--sample", "1", "--seed", "2"], /--seed without --random/],
    [["last", "--sample", "0..100000"], /more than 100000/],
    [["last", "--sample", "0..9007199254740991"], /more than 100000/],
  ];

testInFolder(
  "replay says what is missing or does not go together",
  async (folder) => {
    for (const [words, says] of wrongWords) {
      const { code, err } = await say(folder, "replay", ...words);
      assertEquals(code, 2, err);
      match(err, says);
    }
  },
);
