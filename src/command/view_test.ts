import { deepStrictEqual, match } from "node:assert/strict";
import { commands } from "./mod.ts";
import { type Said, say, sayTo, testInFolder } from "./_testing.ts";
import { runTiny, tinyVolume } from "./_tiny_testing.ts";

/** Shows a run; ends when the link is there and `body` has looked. */
async function view(
  folder: string,
  words: readonly string[],
  body: (
    state: { layers: readonly { name: string; source: string }[] },
  ) => Promise<void>,
): Promise<Said> {
  const stop = new AbortController();
  let looking: Promise<void> | undefined;
  const said = await sayTo(commands, ["view", ...words], {
    context: {
      ...{ callerFolder: folder, projectFolder: folder, signal: stop.signal },
      print(line) {
        const [, state] = line.split("#!");
        if (state === undefined) return;
        looking = body(JSON.parse(decodeURIComponent(state)))
          .finally(() => stop.abort());
      },
    },
  });
  await looking;
  return said;
}

async function voxelsOf(
  { source }: { readonly source: string },
): Promise<ArrayBuffer> {
  const response = await fetch(`${source.replace("zarr2://", "")}/0/0/0/0`);
  return await response.arrayBuffer();
}

testInFolder(
  "view serves what a run saw and what it says, or files",
  async (folder) => {
    const run = await runTiny(folder);
    deepStrictEqual(run.code, 0, run.err);
    let predicted = new ArrayBuffer();
    const seen = await view(folder, ["tiny"], async ({ layers }) => {
      deepStrictEqual(layers.map(({ name }) => name), [
        "raw",
        "prediction",
        "truth",
      ]);
      predicted = await voxelsOf(layers[1]!);
      deepStrictEqual(predicted.byteLength, 4 * 64 ** 3);
      const truth = new Uint8Array(await voxelsOf(layers[2]!));
      deepStrictEqual(new Set(truth).size <= 2, true);
    });
    deepStrictEqual(seen.code, 0, seen.err);
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
      async ({ layers }) => {
        deepStrictEqual(layers.map(({ name }) => name), [
          ...["raw", "prediction", "prediction 2", "truth"],
        ]);
        for (const one of layers.slice(1, 3)) {
          deepStrictEqual(
            await voxelsOf(one),
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
