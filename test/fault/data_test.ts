import { deepStrictEqual, match } from "node:assert/strict";
import { tinyPhantom, Workplace } from "@test/e2e/_run.ts";
import { type VolumeChange, writeVolume } from "@test/e2e/_volume.ts";
import { assertEquals } from "@test/helpers.ts";

/** What is wrong with `x.hdf`, or with how it is used. */
interface Case {
  readonly name: string;
  /** What the first line of the error says. */
  readonly says: RegExp;
  readonly change?: VolumeChange;
  /** Spoils the file's bytes. */
  readonly spoil?: (bytes: Uint8Array) => Uint8Array;
  /** Values of the experiment. */
  readonly set?: readonly string[];
}

const cut = (share: number) => (bytes: Uint8Array) =>
  bytes.subarray(0, share * bytes.length);
const flip = (bytes: Uint8Array) => {
  const at = bytes.length >> 1; // amid the compressed grey values
  bytes[at] = bytes[at]! ^ 0x10;
  return bytes;
};
const soundTraining = `data.train[0].source=${tinyPhantom(3)}`;
const asValidation = "data.validation=[{source: {type: cremi, file: x.hdf}}]";
const asTest = "data.test=[{source: {type: cremi, file: x.hdf}}]";

const cases: readonly Case[] = [
  {
    name: "a file that is missing",
    set: ["data.train[0].source.file=y.hdf"],
    says: /^Cannot find the data file "y\.hdf": looked for ".*y\.hdf"/,
  },
  { name: "a truncated file", spoil: cut(0.6), says: /x\.hdf.*damaged/ },
  {
    name: "bits flipped in compressed training data",
    spoil: flip,
    says: /^Cannot read "volumes\/raw" of ".*x\.hdf": the file is damaged/,
  },
  {
    name: "bits flipped in compressed validation data",
    spoil: flip,
    set: [soundTraining, asValidation],
    says: /^Cannot read "volumes\/raw" of ".*x\.hdf": the file is damaged/,
  },
  {
    name: "a text",
    spoil: () => new TextEncoder().encode("no volume\n".repeat(500)),
    says: /x\.hdf.*not an HDF5 file/,
  },
  {
    name: "an empty file",
    spoil: cut(0),
    says: /x\.hdf.*empty/,
  },
  {
    name: "a file without the dataset",
    change: { without: ["volumes/raw"] },
    says: /^Cannot read "volumes\/raw" .* has "volumes\/labels\/clefts"/,
  },
  {
    name: "training data without labels",
    change: { without: ["volumes/labels/clefts"] },
    says: /^Cannot train on a volume that has no cleft labels/,
  },
  {
    name: "test data without labels",
    change: { without: ["volumes/labels/clefts"] },
    set: [soundTraining, asTest],
    says: /^Cannot measure on a volume that has no cleft labels/,
  },
  {
    name: "grey values and labels of different shapes",
    change: { labelsVox: [8, 48, 40] },
    says: /they are 8 × 48 × 40 voxels, the raw data 8 × 48 × 48/,
  },
  {
    name: "a region outside the volume",
    set: ["data.train[0].regionVox={ y: [16, 96] }"],
    says: /^Cannot cut the region 16 to 96 along y: the volume has 48 voxels/,
  },
  {
    name: "a patch larger than the region",
    set: ["data.train[0].regionVox={ y: [16, 24] }"],
    says: /^Cannot sample patches of 16 voxels along y as the volume has 8/,
  },
  {
    name: "a patch that the network cannot halve",
    set: ["sampler.patchVox=[4, 16, 15]"],
    says: /15/,
  },
  {
    name: "a tile that the test-time augmentation cannot turn",
    set: ["infer.patchVox=[4, 16, 8]", "infer.tta={ type: flips }"],
    says: /^Cannot swap y and x of tiles of 16 × 8 voxels/,
  },
  {
    name: "an augmentation that cannot turn the patch",
    set: ["sampler.patchVox=[4, 16, 8]"],
    says: /^Cannot use augmentation "simple"/,
  },
];

for (const { name, says, change = {}, spoil, set = [] } of cases) {
  Deno.test(`run refuses ${name} and leaves nothing`, async () => {
    using place = new Workplace();
    const path = `${place.folder}/x.hdf`;
    await writeVolume(path, change);
    if (spoil) Deno.writeFileSync(path, spoil(Deno.readFileSync(path)));
    const before = place.files();
    const { code, out, err } = await place.here(
      "run",
      "tiny.yaml",
      ...["data.train[0].source={type: cremi, file: x.hdf}", ...set]
        .flatMap((value) => ["--set", value]),
    );
    match(err, /^Cannot .+\n {2}at {3}.+\n {2}fix {2}.+\n$/);
    match(err, says);
    assertEquals(code, 2);
    assertEquals(out, "");
    deepStrictEqual(place.files(), before);
  });
}
