import { deepStrictEqual, match, rejects } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { sources } from "@/data/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { openVolumes } from "./volumes.ts";

const place = { dataRoots: [], cacheFolder: "/nowhere" };

/** Data whose training volumes are phantoms of these names. */
function dataOf(
  names: readonly string[],
  where: "entry" | "source",
): Spec["data"] {
  const train = names.map((name) => ({
    source: sources.schema.parse({
      type: "phantom",
      shapeVox: [1, 4, 4],
      ...where === "source" && { name },
    }),
    ...where === "entry" && { name },
  }));
  return { train, validation: [], test: [] } as unknown as Spec["data"];
}

Deno.test("openVolumes() gives volumes of one name a number each", async () => {
  const data = dataOf(["a", "a-2", "a", "b", "a"], "entry");
  using volumes = await openVolumes({ data }, place);
  deepStrictEqual(
    volumes.of("train").map(({ name }) => name),
    ["a", "a-2", "a-3", "b", "a-4"],
  );
});

Deno.test("openVolumes() refuses names under which no picture can be recorded", async () => {
  const bad = [
    "EM/../B",
    "a\u001b[1m",
    "a\nb",
    "a\\b",
    "/a",
    "a/",
    ".",
    "a//b",
    "a".repeat(151),
  ];
  for (const where of ["entry", "source"] as const) {
    for (const name of bad) {
      const opened = async () =>
        await openVolumes({ data: dataOf([name], where) }, place);
      await rejects(opened, (error) => {
        match(
          `${error}`,
          /^Cannot record a volume under the name "[^\n]*\n {2}at {3}data\.train\[0\]\n {2}fix [^\n]*$/,
        );
        return error instanceof ExperimentError;
      });
    }
    await rejects(
      openVolumes({ data: dataOf([`b${"a".repeat(150)}`], where) }, place),
      new RegExp(`under the name "b${"a".repeat(59)}"`),
    );
    const good = ["a".repeat(150), "EM/B", "Probe 1", "日本", "..a"];
    using volumes = await openVolumes({ data: dataOf(good, where) }, place);
    deepStrictEqual(volumes.of("train").map(({ name }) => name), good);
  }
});
