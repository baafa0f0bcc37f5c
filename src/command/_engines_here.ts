import type { BuildCheck, EngineRequest } from "@/engine/mod.ts";

type Engine = EngineRequest["engine"];

/**
 * What `auto` comes to where nothing may be downloaded, and what to take where
 * that cannot be opened, if there is something. A run would set up again what is
 * damaged; until then it is not opened.
 */
export function enginesHere({ checks, isNative, hasPlugin }: {
  /** What is set up, and whether it is as it was unpacked. */
  readonly checks: readonly Pick<BuildCheck, "engine" | "faults">[];
  /** Whether TensorFlow's library is there. */
  readonly isNative: boolean;
  /** Whether there is a plugin to use. */
  readonly hasPlugin: boolean;
}): readonly [first: Engine, otherwise?: Engine] {
  const damaged = checks.filter(isDamaged);
  if (damaged.length > 0) {
    const isWhole = damaged.every(({ engine }) => engine !== "tensorflow");
    return isNative && isWhole ? ["tensorflow"] : ["embedded"];
  }
  if (isNative) return ["auto"];
  return hasPlugin ? ["pjrt", "embedded"] : ["embedded"];
}

/** What is damaged, and how to mend it: a line for each. */
export function damageLines(
  checks: readonly Pick<BuildCheck, "title" | "faults" | "command">[],
): readonly string[] {
  return checks.filter(isDamaged).map(({ title, faults, command }) =>
    `${title}: ${faults.join(", ")}; ${command} sets it up again`
  );
}

function isDamaged({ faults }: Pick<BuildCheck, "faults">): boolean {
  return faults.length > 0;
}
