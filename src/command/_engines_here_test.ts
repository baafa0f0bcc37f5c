import { deepStrictEqual } from "node:assert";
import { enginesHere } from "./_engines_here.ts";

Deno.test("enginesHere() takes the best that is there and whole", () => {
  const here = (isNative: boolean, hasPlugin: boolean, ...damaged: string[]) =>
    enginesHere({
      isNative,
      hasPlugin,
      damaged: damaged.map((engine) => ({
        engine: engine as "tensorflow" | "pjrt",
      })),
    });
  deepStrictEqual(here(true, true), ["auto"]);
  deepStrictEqual(here(true, false), ["auto"]);
  deepStrictEqual(here(false, true), ["pjrt", "embedded"]);
  deepStrictEqual(here(false, false), ["embedded"]);
  deepStrictEqual(here(true, true, "pjrt"), ["tensorflow"]);
  deepStrictEqual(here(true, true, "pjrt", "tensorflow"), ["embedded"]);
  deepStrictEqual(here(false, true, "pjrt"), ["embedded"]);
  deepStrictEqual(here(false, false, "tensorflow"), ["embedded"]);
});
