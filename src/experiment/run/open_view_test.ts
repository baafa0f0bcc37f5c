import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { sources, writeHdf5, writePrediction } from "@/data/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "./_testing.ts";
import { openView } from "./open_view.ts";

Deno.test("openView() shows what a run was validated on, or else trained on, as it predicts it", async () => {
  using place = new Workplace();
  await place.run();
  using view = await openView({ run: "last", predictions: [] }, place.context);
  deepStrictEqual(
    view.layers.map(({ name, kind }) => [name, kind]),
    [["raw", "image"], ["prediction", "probability"], ["truth", "clefts"]],
  );
  deepStrictEqual([view.name, view.middleVox], ["phantom-6", [2, 8, 8]]);
  const box = { startVox: [1, 0, 0], shapeVox: [1, 16, 16] } as const;
  const [grey, , truth] = view.layers.map((layer) => layer.read(box));
  using volume = await sources
    .create(sources.schema.parse(smallPhantom(6).source))
    .open({ dataRoots: [], cacheFolder: place.folder, where: "test" });
  const { image, target } = volume.read(box);
  deepStrictEqual(grey, Uint8Array.from(image, (v) => Math.round(255 * v)));
  deepStrictEqual(truth, target);

  await place.run(smallPlan({ data: { validation: [] }, seed: 2 }));
  using trained = await openView(
    { run: "last", predictions: [] },
    place.context,
  );
  deepStrictEqual(trained.name, "phantom-15");
});

Deno.test("openView() shows a part of another volume", async () => {
  using place = new Workplace();
  await place.run();
  const source = sources.schema.parse(smallPhantom(4).source);
  const volume = {
    ...{ source, where: "--volume" },
    region: { regionVox: { y: [8, 16] as const } },
  };
  using view = await openView(
    { run: "last", volume, predictions: [] },
    place.context,
  );
  deepStrictEqual([view.name, view.middleVox], ["phantom-4", [2, 12, 8]]);
});

Deno.test("openView() shows predictions that are there, numbered, of a volume without truth", async () => {
  using place = new Workplace();
  const grid = { shapeVox: [2, 4, 4], voxelNm: [40, 4, 4] } as const;
  const { shapeVox, voxelNm } = grid;
  await writeHdf5(join(place.folder, "raw.hdf"), {
    "volumes/raw": {
      ...{ shapeVox, resolutionNm: voxelNm, data: new Uint8Array(32) },
    },
  });
  const predictions = [1, 2].map((n) => join(place.folder, `p${n}.hdf`));
  for (const path of predictions) {
    await writePrediction(path, {
      head: { ...grid, offsetNm: [0, 0, 0] },
      slabs: [{ probability: new Float32Array(32) }],
    });
  }
  const source = sources.schema.parse({ type: "cremi", file: "raw.hdf" });
  using view = await openView({
    ...{ run: "none", volume: { source, where: "--volume" }, predictions },
  }, place.context);
  deepStrictEqual(view.layers.map(({ name }) => name), [
    ...["raw", "prediction", "prediction 2"],
  ]);
});
