import { deepStrictEqual } from "node:assert";
import { damageLines, enginesHere } from "./_engines_here.ts";

const whole = (engine: "tensorflow" | "pjrt") => ({
  engine,
  title: engine,
  command: "deno task setup",
  faults: [] as string[],
});
const damaged = (engine: "tensorflow" | "pjrt") => ({
  ...whole(engine),
  faults: ["a is gone", "b has changed"],
});

Deno.test("enginesHere() takes the best that is there and whole", () => {
  const here = (
    isNative: boolean,
    hasPlugin: boolean,
    ...checks: ReturnType<typeof whole>[]
  ) => enginesHere({ isNative, hasPlugin, checks });
  deepStrictEqual(here(true, true), ["auto"]);
  deepStrictEqual(here(true, false), ["auto"]);
  deepStrictEqual(here(true, false, whole("tensorflow")), ["auto"]);
  deepStrictEqual(here(false, true), ["pjrt", "embedded"]);
  deepStrictEqual(here(false, false), ["embedded"]);
  deepStrictEqual(here(true, true, damaged("pjrt")), ["tensorflow"]);
  deepStrictEqual(
    here(true, true, whole("tensorflow"), damaged("pjrt")),
    ["tensorflow"],
  );
  deepStrictEqual(
    here(true, true, damaged("pjrt"), damaged("tensorflow")),
    ["embedded"],
  );
  deepStrictEqual(here(false, true, damaged("pjrt")), ["embedded"]);
  deepStrictEqual(here(false, false, damaged("tensorflow")), ["embedded"]);
});

Deno.test("damageLines() says what is damaged alone, and how to mend it", () => {
  deepStrictEqual(damageLines([whole("tensorflow"), damaged("pjrt")]), [
    "pjrt: a is gone, b has changed; deno task setup sets it up again",
  ]);
});
