import { type Entry, ExperimentError, openRng, type Zyx } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { deepStrictEqual, rejects } from "node:assert";
import { join } from "node:path";
import * as z from "zod";
import { type NewDataset, writeHdf5 } from "../../hdf5/mod.ts";
import { openShared } from "../../volume/mod.ts";
import type { DefectParameters } from "../_defect_parameters.ts";
import { type Augmentation, augmentations } from "../mod.ts";
import { type ArtifactSheets, sectionOf } from "./_source.ts";
import { artifactFile } from "./file.ts";

const shapeVox: Zyx = [3, 10, 12];
const resolutionNm: Zyx = [40, 4, 4];

/** Grey values 0, 1, 2, ... and a mask of two columns in sections 0 and 2. */
function datasets(): { raw: NewDataset; mask: NewDataset } {
  const bytes = Uint8Array.from({ length: 360 }, (_, i) => i % 256);
  const mask = bytes.map((_, i) => i % 12 > 9 && i / 120 % 2 < 1 ? 1 : 0);
  return {
    raw: { shapeVox, resolutionNm, data: bytes },
    mask: { shapeVox, data: mask },
  };
}

/** Writes a file of artifacts and lets `use` load it. */
async function withFile<Result>(
  { raw, mask }: { raw: NewDataset; mask: NewDataset },
  use: (
    load: (given?: Record<string, unknown>) => Promise<ArtifactSheets>,
    folder: string,
  ) => Promise<Result>,
): Promise<Result> {
  const folder = Deno.makeTempDirSync();
  try {
    await writeHdf5(join(folder, "artifacts.hdf"), {
      "defect_sections/raw": raw,
      "defect_sections/mask": mask,
    });
    return await use((given = {}) => {
      const options = z.strictObject(artifactFile.options)
        .parse({ file: "artifacts.hdf", ...given });
      return artifactFile.create(options).load(contextOf(folder));
    }, folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function contextOf(folder: string) {
  return {
    dataRoots: [folder],
    cacheFolder: join(folder, "cache"),
    where: "augment[0]",
    volumes: [openShared(sharedBlobs([2, 20, 20]))],
  };
}

Deno.test("a file of artifacts gives grey values, mask and its hash", async () => {
  await withFile(datasets(), async (load, folder) => {
    const { stacks, sheets, inputs } = await load();
    deepStrictEqual(sheets, [
      { stack: 0, section: 0 },
      { stack: 0, section: 2 },
    ]);
    assertSameNumbers(
      sectionOf(stacks[0]!.image, 1).subarray(0, 5),
      [120, 121, 122, 123, 124],
    );
    const first = openShared(stacks[0]!.alpha)
      .read({ startVox: [0, 0, 0], shapeVox: [1, 1, 12] }).image;
    assertSameNumbers(first, [...new Array(10).fill(0), 1, 1]);
    const path = join(folder, "artifacts.hdf");
    assertEquals(inputs[0]!.path, path);
    assertEquals(inputs[0]!.bytes, Deno.statSync(path).size);
    assertEquals(inputs[0]!.sha256.length, 64);
  });
});

Deno.test("a file of artifacts may have its mask as bytes or as shares", async () => {
  const { raw } = datasets();
  const alphas = async (data: NewDataset["data"]) =>
    await withFile({ raw, mask: { shapeVox, data } }, async (load) => {
      const { stacks } = await load();
      return openShared(stacks[0]!.alpha)
        .read({ startVox: [0, 0, 0], shapeVox: [1, 1, 3] }).image;
    });
  const bytes = new Uint8Array(360);
  bytes.set([0, 51, 255]);
  const shares = new Float32Array(360);
  shares.set([0, 0.2, 1]);
  for (const data of [bytes, Uint16Array.from(bytes), shares]) {
    const [a, b, c] = await alphas(data);
    assertEquals(a, 0);
    assertAlmostEquals(b!, 0.2, 1e-6);
    assertEquals(c, 1);
  }
});

Deno.test("a file of artifacts says what is wrong with it", async () => {
  const { raw, mask } = datasets();
  const other = (data: NewDataset["data"]): NewDataset => ({ ...mask, data });
  const refuses = (
    file: { raw: NewDataset; mask: NewDataset },
    message: string,
    given: Record<string, unknown> = {},
  ) =>
    withFile(file, (load) =>
      rejects(
        () => load(given),
        (error) =>
          error instanceof ExperimentError && error.message.includes(message),
      ));
  const empty = other(new Uint8Array(360));
  await refuses({ raw, mask: empty }, "their mask is 0 everywhere");
  const nan = new Float32Array(360).fill(NaN);
  await refuses({ raw, mask: other(nan) }, "one value is NaN");
  await refuses({ raw: other(nan), mask }, "does not say how large");
  await refuses({ raw: { ...raw, data: nan }, mask }, "one is NaN");
  const large = new Uint16Array(360).fill(256);
  await refuses({ raw, mask: other(large) }, "one value is 256");
  await refuses(
    { raw: { ...raw, resolutionNm: [45, 4, 4] }, mask },
    "Cannot blend artifacts of 45 × 4 × 4 nm per voxel into " +
      `"blobs 2,20,20", which has 40 × 4 × 4 nm`,
  );
  const { resolutionNm: _, ...unsaid } = raw;
  await refuses({ raw: unsaid, mask }, "does not say how large voxels are");
  await refuses(
    { raw, mask: { shapeVox: [1, 10, 12], data: new Uint8Array(120) } },
    "has 3 × 10 × 12 voxels, ",
  );
  await refuses({ raw, mask }, `Cannot read "masks"`, { mask: "masks" });
  await refuses({ raw, mask }, "Cannot find the data file", { file: "no.hdf" });
  await withFile({ raw: unsaid, mask }, (load) => load({ resolutionNm }));
  const wrong = { attributes: { resolution: 4 } };
  const broken = { raw: { ...unsaid, ...wrong }, mask: { ...mask, ...wrong } };
  await refuses(broken, 'the attribute "resolution"');
  await withFile(broken, (load) => load({ resolutionNm }));
});

Deno.test("defect() blends artifacts of a file into sections, the same after a clone", async () => {
  await withFile(datasets(), async (_load, folder) => {
    const entry = augmentations.schema.parse({
      type: "defect",
      probMissing: 0,
      probLowContrast: 0,
      probArtifact: 1,
      artifacts: {
        type: "file",
        file: "artifacts.hdf",
        augment: [],
        augmentGrey: [],
      },
    });
    const { needs } = augmentations.create(entry as Entry) as Augmentation<
      DefectParameters
    >;
    const resource = await needs!.load(contextOf(folder));
    const inWorker = needs!.with(structuredClone(resource));
    const before = makeSample({ shapeVox: [4, 8, 8], grey: () => 0.5 });
    const drawn = inWorker.draw(before.shapeVox, openRng(4));
    assertEquals(drawn.defects.length, 4);
    const { image } = inWorker.apply(before, drawn);
    for (const defect of drawn.defects) {
      if (defect.kind !== "artifact") throw new Error(defect.kind);
      const { section, sheet, startVox: [top, left] } = defect;
      const from = [0, 2][sheet]! * 120;
      for (let i = 0; i < 64; i++) {
        const y = Math.floor(i / 8) + top, x = i % 8 + left;
        const grey = x > 9 ? (from + y * 12 + x) % 256 / 255 : 0.5;
        assertAlmostEquals(image[section * 64 + i]!, grey, 1e-6);
      }
    }
    const again = needs!.with(resource).apply(before, drawn);
    assertSameNumbers(again.image, image);
  });
});
