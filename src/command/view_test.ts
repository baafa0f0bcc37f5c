import { deepStrictEqual, match } from "node:assert/strict";
import { type Said, say, testInFolder } from "./_testing.ts";
import { runTiny, tinyVolume } from "./_tiny_testing.ts";
import { chunkOf, lookAtView } from "./_view_testing.ts";

/** Shows a run, with the folder's records. */
function view(
  folder: string,
  words: readonly string[],
  look: Parameters<typeof lookAtView>[0],
): Promise<Said> {
  return lookAtView(look, {
    words: ["view", ...words],
    context: {
      ...{ callerFolder: folder, projectFolder: folder },
      stopsBy: (words) => endings.push(words),
    },
  });
}

/** What the first Ctrl+C was said to do. */
const endings: string[] = [];

testInFolder(
  "view serves what a run saw and what it says, or files",
  async (folder) => {
    const run = await runTiny(folder);
    deepStrictEqual(run.code, 0, run.err);
    let predicted = new ArrayBuffer();
    const seen = await view(folder, ["tiny"], async (layers) => {
      deepStrictEqual(layers.map(({ name }) => name), [
        "raw",
        "prediction",
        "truth",
      ]);
      predicted = await chunkOf(layers[1]!);
      deepStrictEqual(predicted.byteLength, 4 * 64 ** 3);
      const truth = new Uint8Array(await chunkOf(layers[2]!));
      deepStrictEqual(new Set(truth).size <= 2, true);
    });
    deepStrictEqual(seen.code, 0, seen.err);
    deepStrictEqual(endings, ["No longer serving"]);
    const words = ["predict", "tiny", "--source", tinyVolume(6), "--output"];
    for (const name of ["a.hdf", "b.zarr"]) await say(folder, ...words, name);
    const files = await view(
      folder,
      [
        "tiny",
        "--prediction",
        "a.hdf",
        "--prediction",
        "b.zarr",
        "--source",
        tinyVolume(6),
      ],
      async (layers) => {
        deepStrictEqual(layers.map(({ name }) => name), [
          ...["raw", "prediction", "prediction 2", "truth"],
        ]);
        for (const one of layers.slice(1, 3)) {
          deepStrictEqual(
            await chunkOf(one),
            predicted,
          );
        }
      },
    );
    deepStrictEqual(files.code, 0, files.err);
  },
);

testInFolder("view refuses what it cannot show", async (folder) => {
  for (
    const [words, says] of [
      [["last", "--port", "70000"], /--port.*at most 65535/s],
      [["last", "--neuroglancer", "nowhere"], /no address of a page/],
      [["last"], /no runs yet|There are none/i],
    ] as const
  ) {
    const { code, err } = await say(folder, "view", ...words);
    deepStrictEqual(code, 2, err);
    match(err, says);
  }
});
