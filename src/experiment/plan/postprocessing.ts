import { ExperimentError, type Ranking } from "@/core/mod.ts";
import { sweptOptions } from "@/postprocess/mod.ts";
import type { Spec } from "../spec/spec.ts";
import { measuredBy } from "./ranking.ts";

/**
 * The number that chooses among the sweeps of post-processing; undefined if it is
 * not measured, or has no direction.
 */
export function tunedBy(spec: Pick<Spec, "evaluate">): Ranking | undefined {
  const output = outputNamed(spec, tuner(spec));
  return output === undefined || output.better === "neither"
    ? undefined
    : { name: output.name, better: output.better };
}

/**
 * Fails unless the sweeps of post-processing have something to be chosen by.
 *
 * @throws {ExperimentError} With the key and what to add.
 */
export function checkPostprocessing(spec: Spec): void {
  const [first] = sweptOptions(spec.postprocess);
  if (first && spec.data.validation.length === 0) {
    throw new ExperimentError(
      "Cannot choose among the values of a sweep: there is no volume to " +
        "validate on",
      {
        where: `postprocess[${first.at}].${first.option}`,
        fix: "Add one to data.validation, or write a single value",
      },
    );
  }
  const name = tuner(spec), isTold = spec.evaluate.tuneBy !== undefined;
  if (!first && !isTold || tunedBy(spec)) return;
  const why = outputNamed(spec, name)
    ? "it is no better high than low"
    : "it is not measured";
  const others = measuredBy(spec)
    .filter(({ output }) => output.better !== "neither")
    .map(({ output }) => output.name);
  throw new ExperimentError(`Cannot tune by "${name}": ${why}`, {
    where: "evaluate.tuneBy",
    fix: `Write one of ${others.join(", ")}, or add to evaluate.metrics`,
  });
}

function tuner({ evaluate }: Pick<Spec, "evaluate">): string {
  return evaluate.tuneBy ?? "dice";
}

function outputNamed(spec: Pick<Spec, "evaluate">, name: string) {
  return measuredBy(spec).find(({ output }) => output.name === name)?.output;
}
