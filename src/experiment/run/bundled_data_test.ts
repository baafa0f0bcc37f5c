import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { sha256Hex } from "@/core/mod.ts";
import type { Run, RunInput } from "@/record/mod.ts";
import { testFolder } from "@test/folder.ts";
import { smallPlan } from "./_testing.ts";
import { bundledData } from "./bundled_data.ts";

const three = Uint8Array.of(1, 2, 3);

/** A run on files of three bytes at these paths, as its experiment names them. */
function runOf(
  named: readonly string[],
  inputs: readonly (Partial<RunInput> & Pick<RunInput, "path">)[],
): Run {
  const train = named.map((file) => ({ source: { type: "cremi", file } }));
  return {
    id: "a",
    plan: JSON.stringify(smallPlan({ data: { train, validation: [] } })),
    inputs: inputs.map((input) => ({
      ...{ role: "train[0]", split: "train", run: null },
      ...{ bytes: 3, sha256: sha256Hex(three), ...input },
    })),
  } as unknown as Run;
}

/** Writes files of three bytes below a folder; their paths. */
function write(folder: string, ...names: readonly string[]) {
  return names.map((name) => {
    const path = join(folder, name);
    Deno.mkdirSync(join(path, ".."), { recursive: true });
    Deno.writeFileSync(path, three);
    return { path };
  });
}

Deno.test("bundledData() takes files by what the experiment calls them, once", () => {
  using folder = testFolder();
  const inputs = write(
    folder.path("cremi"), // a folder that is called like a type of source
    ...["lab/a.hdf", "b.zarr/0/1"],
  );
  const run = runOf(["lab/a.hdf", "b.zarr/"], inputs);
  const { files, inside, byHash } = bundledData([run, run], 6);
  deepStrictEqual(files, [
    { name: "data/lab/a.hdf", content: three },
    { name: "data/b.zarr/0/1", content: three },
  ]);
  deepStrictEqual([inside, byHash], [inputs.map(({ path }) => path), []]);
});

Deno.test("bundledData() says why a file is not in it", () => {
  using folder = testFolder();
  const [a, b, c] = write(folder.path("."), "a.hdf", "b.hdf", "c.hdf");
  const root = { path: "/r.zarr/0" };
  const weights = { path: join(folder.path("."), "w.hdf"), run: "b" };
  const run = runOf(
    ["a.hdf", "b.hdf", c!.path, "gone.hdf", "r.zarr", "../up.hdf"],
    [
      ...[{ ...a!, sha256: "0".repeat(64) }, { ...b!, bytes: 4 }, c!, weights],
      ...[{ path: "/x/gone.hdf" }, root, { path: "/x/../up.hdf" }],
    ],
  );
  const absolute = "the experiment names it by an absolute path";
  deepStrictEqual(bundledData([run], 6), {
    ...{ files: [], inside: [] },
    byHash: [
      { path: a!.path, why: "it has changed since" },
      { path: b!.path, why: "it is too large; --data takes more" },
      { path: c!.path, why: absolute },
      { path: "/x/gone.hdf", why: "it is no longer there" },
      { path: "/r.zarr/0", why: "it is no longer there" },
      { path: "/x/../up.hdf", why: absolute },
    ],
  });
});
