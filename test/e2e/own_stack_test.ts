import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { encode } from "fast-png";
import { projectFolder } from "@/command/mod.ts";
import { chunkOf, lookAtView } from "@/command/_view_testing.ts";
import { wholeBox } from "@/core/mod.ts";
import { sources } from "@/data/mod.ts";
import { isNativeReady } from "@/engine/mod.ts";
import { Workplace } from "./_run.ts";
import { commandsOf, textOf } from "./_tutorial.ts";

/** What makes the tutorial's run one of seconds. */
const small = `
sampler: { type: uniform, patchVox: [4, 24, 24] }
model: { type: resUnet, filters: [3, 4], anisotropicLevels: 1 }
optimizer: { type: adam, learningRate: 0.01 }
train:
  volumeTotal: 40
  volumeSave: 40
  validateEvery: 40
  workers: 0
  threads: 2
  engine: ${isNativeReady() ? "tensorflow" : "embedded"}
`;

/** Writes a stack as one exports it from a microscope and a drawing program. */
async function writeStack(folder: string): Promise<void> {
  const entry = {
    type: "phantom",
    seed: 3,
    shapeVox: [8, 96, 64],
    voxelNm: [50, 10, 10],
  };
  using volume = await sources.create(sources.schema.parse(entry)).open({
    ...{ dataRoots: [], cacheFolder: folder, where: "the test" },
  });
  const { image, target } = volume.read(wholeBox(volume.shapeVox));
  for (
    const [name, valueAt] of [
      ["em", (i: number) => Math.round(255 * image[i]!)],
      ["masks", (i: number) => 255 * target[i]!],
    ] as const
  ) {
    Deno.mkdirSync(join(folder, name));
    for (let z = 0; z < 8; z++) {
      const data = Uint8Array.from(
        { length: 96 * 64 },
        (_, i) => valueAt(z * 96 * 64 + i),
      );
      const png = encode({
        width: 64,
        height: 96,
        data,
        channels: 1,
        depth: 8,
      });
      Deno.writeFileSync(join(folder, name, `section_${z}.png`), png);
    }
  }
}

/** What a page of Neuroglancer gets that follows the link, before Ctrl+C. */
async function walk(
  place: Workplace,
  words: readonly string[],
): Promise<readonly string[]> {
  const seen: string[] = [];
  const { code, err } = await lookAtView(async (layers) => {
    for (const layer of layers) {
      const bytes = new Uint8Array(await chunkOf(layer));
      if (bytes.some((byte) => byte > 0)) seen.push(layer.name);
    }
  }, {
    words,
    context: {
      ...{ callerFolder: place.folder, projectFolder },
      environment: {
        CLEFT_RESULTS: place.results,
        CLEFT_DATA: join(place.folder, "data"),
      },
    },
  });
  deepStrictEqual(code, 0, err);
  return seen;
}

Deno.test("the tutorial's commands lead from a stack of images to a walk through a prediction", async () => {
  using place = new Workplace();
  await writeStack(place.folder);
  for (const folder of ["data", "experiments"]) {
    Deno.mkdirSync(join(place.folder, folder));
  }
  const tutorial = textOf("own_stack.md");
  const [, experiment] = /^```yaml\n(.*?)^```/ms.exec(tutorial)!;
  const shipped = Deno.readTextFileSync(
    join(projectFolder, "experiments/mixloss.yaml"),
  );
  place.write("experiments/mixloss.yaml", shipped);
  place.write(
    "experiments/own.yaml",
    experiment!.replace("[400, 1024]", "[40, 96]").replace(
      "[0, 400]",
      "[0, 40]",
    ) + small,
  );
  const said = new Map<string, string>();
  for (const words of commandsOf("own_stack.md")) {
    const given = words.map((word) => word.replace("*.tif", "*.png"));
    const reads = ["plan", "preview", "run", "predict"].includes(words[0]!);
    if (words[0] === "view") {
      deepStrictEqual(await walk(place, given), ["raw", "prediction", "truth"]);
    } else {
      const root = join(place.folder, "data");
      said.set(
        words.join(" "),
        await place.well(...given, ...reads ? ["--data-root", root] : []),
      );
    }
  }
  const saidBy = (...words: readonly string[]) =>
    [...said].filter(([line]) => words.every((word) => line.includes(word)))
      .map(([, text]) => text).join("\n");
  match(
    saidBy("data import"),
    /8 × 96 × 64 voxels, 8 bits\n\d+ clefts of \d+ voxels/,
  );
  match(saidBy("evaluate"), /read this volume for train and validation/);
  ok(Deno.statSync(join(place.folder, "preview.html")).size > 1000);
  ok(Deno.statSync(join(place.folder, "clefts.hdf")).isFile);
  using records = place.records();
  deepStrictEqual(records.runs().map(({ seed, state }) => [seed, state]), [
    [1, "finished"],
    [2, "finished"],
  ]);
});
