import { ExperimentError, openRng, type Volume, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { rejects } from "node:assert";
import { sources } from "../../source/mod.ts";
import { openShared, shareVolume } from "../../volume/mod.ts";
import { type ArtifactSheets, shareNumbers } from "./_source.ts";
import { trainingArtifacts } from "./training.ts";
import * as z from "zod";

const data = Deno.env.get("CLEFT_DATA");

/** A volume of even noise around 0.5, changed by `paint`. */
function noise(
  shapeVox: Zyx,
  paint: (z: number, y: number, x: number) => number | undefined = () =>
    undefined,
): Volume {
  const rng = openRng(1);
  const [, height, width] = shapeVox;
  const grid = { shapeVox, voxelNm: [40, 4, 4], offsetNm: [0, 0, 0] } as const;
  const grey = Float32Array.from(
    { length: shapeVox[0] * height * width },
    (_, i) =>
      paint(
        Math.floor(i / (height * width)),
        Math.floor(i / width) % height,
        i % width,
      ) ?? rng.uniform(0.3, 0.7),
  );
  return openShared(
    shareNumbers(
      { name: "noise", grid },
      ([z0], [depth]) =>
        grey.slice(z0 * height * width, (z0 + depth) * height * width),
    ),
  );
}

const hole =
  (section: number, cy: number, cx: number, radius: number) =>
  (z: number, y: number, x: number) =>
    z === section && Math.hypot(y - cy, x - cx) < radius ? 1 : undefined;

function load(volumes: readonly Volume[], given: Record<string, unknown> = {}) {
  const options = z.strictObject(trainingArtifacts.options).parse(given);
  return trainingArtifacts.create(options).load({
    volumes,
    dataRoots: [],
    cacheFolder: "",
    where: "augment[0]",
  });
}

/** The sheets there are, their extent and how much of them is artifact. */
function summary({ stacks, sheets }: ArtifactSheets) {
  return sheets.map(({ stack, section }) => {
    const { image, alpha } = stacks[stack]!;
    const [, height, width] = alpha.shapeVox;
    const box = {
      startVox: [section, 0, 0],
      shapeVox: [1, height, width],
    } as const;
    return {
      height,
      width,
      alpha: openShared(alpha).read(box).image,
      grey: openShared(image).read(box).image,
    };
  });
}

Deno.test("artifacts of training volumes are found where a section stands out", async () => {
  const volumes = [
    noise([5, 60, 80], hole(2, 30, 50, 9)),
    noise([4, 60, 80]), // none here
    noise([4, 60, 80], hole(1, 20, 20, 8)),
  ];
  const found = summary(
    await load(volumes, { smoothVox: 2, standOut: [0.2, 0.4] }),
  );
  assertEquals(found.length, 2);
  for (const [k, radius] of [9, 8].entries()) {
    const { height, width, alpha, grey } = found[k]!;
    for (const extent of [height, width]) {
      assertAlmostEquals(extent, 2 * radius, 4);
    }
    const middle = Math.floor(height / 2) * width + Math.floor(width / 2);
    assertEquals(alpha[middle], 1);
    assertEquals(grey[middle], 1);
    const area = alpha.reduce((a, b) => a + b);
    const disc = Math.PI * radius ** 2;
    assertEquals(area > 0.7 * disc && area < 1.2 * disc, true, `${area}`);
    assertEquals(alpha.some((share) => share > 0 && share < 1), true, "soft");
  }
});

Deno.test("a missing section of a training volume is an artifact as a whole", async () => {
  const black = noise([5, 40, 40], (z) => z === 2 ? 0 : undefined);
  const [sheet, ...more] = summary(
    await load([black], { standOut: [0.2, 0.4] }),
  );
  assertEquals(more.length, 0);
  assertEquals(`${sheet!.height} ${sheet!.width}`, "40 40");
  assertEquals(sheet!.alpha.every((share) => share > 0.9), true);
});

Deno.test("artifacts of training volumes are cut from the regions listed", async () => {
  const volumes = [noise([4, 40, 40]), noise([4, 40, 40], hole(0, 20, 20, 8))];
  const region = {
    volume: 1,
    regionVox: { z: [0, 1], y: [8, 32], x: [10, 34] },
  };
  const given = { regions: [region], smoothVox: 2, standOut: [0.2, 0.4] };
  const [sheet] = summary(await load(volumes, given)); // the first section, too
  assertEquals(`${sheet!.height} ${sheet!.width}`, "24 24");
  assertEquals(sheet!.alpha[12 * 24 + 10], 1);
  assertEquals(sheet!.alpha[0], 0);
  assertEquals(sheet!.grey[12 * 24 + 10], 1);
});

Deno.test("artifacts of training volumes say why there are none", async () => {
  const refuses = (
    volumes: readonly Volume[],
    given: Record<string, unknown>,
    message: string,
  ) =>
    rejects(
      () => load(volumes, given),
      (error) =>
        error instanceof ExperimentError && error.message.includes(message),
    );
  const plain = noise([4, 40, 40]);
  await refuses([plain], {}, "Cannot find artifacts in the training volumes");
  const region = (given: object) => ({ regions: [given] });
  await refuses([plain], region({ volume: 1 }), "there is one, counted from 0");
  await refuses([plain], region({ regionVox: { z: [1, 2] } }), "section 1");
  await refuses([plain], region({ regionVox: { z: [3, 9] } }), "has 4 voxels");
  await refuses(
    [noise([1, 9, 9])],
    region({}),
    "only section has no neighbour",
  );
  await refuses([noise([1, 9, 9])], {}, "Cannot find artifacts");
});

Deno.test({
  name: "the hole in section 12 of the VNC stack is found, and nothing else" +
    (data ? "" : " (ignored: CLEFT_DATA is not set)"),
  ignore: !data,
  async fn() {
    const cacheFolder = Deno.makeTempDirSync();
    try {
      const entry = sources.schema.parse({
        type: "cremi",
        file: "vnc/vnc_stack1.hdf",
      });
      using volume = await sources.create(entry)
        .open({ dataRoots: [data!], cacheFolder, where: "test" });
      const whole = openShared(shareVolume(volume));
      const boxes: Zyx[] = [];
      const watched: Volume = {
        ...whole,
        read(box) {
          const { startVox, shapeVox } = box;
          if (shapeVox[1] !== whole.shapeVox[1]) boxes.push(startVox);
          return whole.read(box);
        },
      };
      const found = summary(await load([watched]));
      assertEquals(found.length, 1);
      const [z, top, left] = boxes[0]!;
      const { height, width } = found[0]!;
      assertEquals(z, 12);
      // The README has it at y 196, x 650, about 65 voxels wide, dark rim included.
      assertAlmostEquals(top + height / 2, 196, 12);
      assertAlmostEquals(left + width / 2, 650, 12);
      assertEquals(height > 30 && height < 90, true, `${height}`);
    } finally {
      Deno.removeSync(cacheFolder, { recursive: true });
    }
  },
});
