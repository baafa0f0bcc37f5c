import { channelsOfAll, ExperimentError } from "@/core/mod.ts";
import { type Target, targets } from "@/data/mod.ts";
import { losses } from "@/loss/mod.ts";
import { type Net, nets } from "@/model/mod.ts";
import type { Spec } from "../spec/spec.ts";

/**
 * The network of an experiment, with its heads and the levels it supervises.
 *
 * @throws {ExperimentError} If the network has fewer levels.
 */
export function netOf(spec: Spec): Net {
  const { model, loss } = spec;
  return nets.create(model)({
    heads: channelsOfAll(targetsOf(spec)),
    levels: loss.levels.length,
  });
}

/** What each head of an experiment learns, the primary one first. */
export function targetsOf({ target, heads }: Spec): readonly Target[] {
  return [target, ...heads.map((head) => head.target)].map(targets.create);
}

/**
 * Fails unless the first head learns clefts, and each head's losses compare with
 * what its target is: labels, distances or directions.
 *
 * @throws {ExperimentError} With the loss and its target.
 */
export function checkHeads({ target, loss, heads }: Spec): void {
  const all = [
    { at: "", target, terms: loss.terms },
    ...heads.map((head, i) => ({
      at: `heads[${i}].`,
      target: head.target,
      terms: head.loss.terms,
    })),
  ];
  if (targets.create(target).of === "partners") throw notOfClefts(target.type);
  for (const { at, target, terms } of all) {
    const { values } = targets.create(target);
    for (const [i, entry] of terms.entries()) {
      const compares = losses.create(entry).compares ?? "labels";
      if (compares === values) continue;
      throw new ExperimentError(
        `Cannot compare with the target "${target.type}" by the loss ` +
          `"${entry.type}": the one gives ${values}, the other takes ${compares}`,
        {
          where: `${at}loss.terms[${i}]`,
          fix: `Use a loss for ${values}: ${lossesFor(values).join(", ")}`,
        },
      );
    }
  }
}

/** What the first head says is measured against clefts, whatever it learns. */
function notOfClefts(type: string): ExperimentError {
  return new ExperimentError(
    `Cannot predict clefts by the target "${type}": it is of partners`,
    {
      where: "target",
      fix: "Let the first head learn clefts, and name this one in heads",
    },
  );
}

/** The names of the losses that compare with such targets. */
function lossesFor(values: Target["values"]): readonly string[] {
  return losses.components
    .filter(({ name }) => {
      const loss = losses.create(losses.schema.parse({ type: name }));
      return (loss.compares ?? "labels") === values;
    })
    .map(({ name }) => name);
}
