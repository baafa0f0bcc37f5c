import { deepStrictEqual, rejects } from "node:assert";
import type { DataPlace } from "@/experiment/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { fromHere, namedSource } from "./_source.ts";
import { makeContext } from "./_testing.ts";

Deno.test("namedSource() takes a file in CREMI layout, or a source of any kind", async () => {
  const file = await namedSource({ volume: "a.hdf" }, "volume");
  assertEquals(file.where, "--volume");
  deepStrictEqual(
    [file.source.type, (file.source as { file?: unknown }).file],
    ["cremi", "a.hdf"],
  );
  const other = await namedSource(
    { source: "{ type: main, raw: b.hdf }" },
    "volume",
  );
  assertEquals(other.where, "--source");
  assertEquals(other.source.type, "main");
});

Deno.test("namedSource() goes by the ending of a name", async () => {
  const typeOf = async (volume: string) =>
    (await namedSource({ volume }, "volume")).source.type;
  deepStrictEqual(
    await Promise.all(["a.zarr/", "b/a.N5", "a.h5", "a"].map(typeOf)),
    ["zarr", "n5", "cremi", "cremi"],
  );
  await rejects(typeOf("a.tif"), /TIFF does not say how large voxels are/);
});

Deno.test("namedSource() refuses neither, both, and what is no source", async () => {
  await rejects(namedSource({}, "truth"), /neither --truth nor --source/);
  await rejects(
    namedSource({ truth: "a", source: "{ type: main }" }, "truth"),
    { message: "Cannot use both --truth and --source" },
  );
  await rejects(namedSource({ source: "{ type: cremy }" }, "truth"), /cremy/);
});

Deno.test("fromHere() looks first where the user is", () => {
  const place = { dataRoots: ["/data"], cacheFolder: "/c" };
  const here = makeContext({ callerFolder: "/here" });
  deepStrictEqual(
    fromHere(place as unknown as DataPlace, here),
    { ...place, dataRoots: ["/here", "/data"] } as unknown as DataPlace,
  );
});
