import type { BuildCheck, EngineRequest } from "@/engine/mod.ts";

type Engine = EngineRequest["engine"];

/**
 * What `auto` comes to where nothing may be downloaded, and what to take where
 * that cannot be opened, if there is something. A run would set up again what is
 * damaged; until then it is not opened.
 */
export function enginesHere({ damaged, isNative, hasPlugin }: {
  /** What is not as it was unpacked. */
  readonly damaged: readonly Pick<BuildCheck, "engine">[];
  /** Whether TensorFlow's library is there. */
  readonly isNative: boolean;
  /** Whether there is a plugin to use. */
  readonly hasPlugin: boolean;
}): readonly [first: Engine, otherwise?: Engine] {
  if (damaged.length > 0) {
    const isWhole = damaged.every(({ engine }) => engine !== "tensorflow");
    return isNative && isWhole ? ["tensorflow"] : ["embedded"];
  }
  if (isNative) return ["auto"];
  return hasPlugin ? ["pjrt", "embedded"] : ["embedded"];
}
