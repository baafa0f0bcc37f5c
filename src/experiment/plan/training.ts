import { ExperimentError, type Ranking } from "@/core/mod.ts";
import { metrics, validationLoss } from "@/metric/mod.ts";
import { layOut, type Net, type Network, sizeOfWeight } from "@/model/mod.ts";
import {
  frozen,
  matchNames,
  type Schedule,
  schedules,
  type StopEarly,
  stopEarly,
} from "@/train/mod.ts";
import type { Spec } from "../spec/spec.ts";
import { metricOf } from "./ranking.ts";

/**
 * The network that an experiment trains, its frozen weights marked.
 *
 * @throws {ExperimentError} If a pattern matches no weight, or all are frozen.
 */
export function trainedNetwork(net: Net, { freeze }: Spec): Network {
  return frozen(layOut(net), { patterns: freeze });
}

/** Numbers of a network that training changes. */
export function trainedNumbers({ weights }: Network): number {
  return weights.filter(({ isTrainable }) => isTrainable)
    .reduce((sum, weight) => sum + sizeOfWeight(weight), 0);
}

/** The learning rate's course; it watches what ranks weights unless it says otherwise. */
export function scheduleOf({ schedule }: Spec, { name }: Ranking): Schedule {
  return schedules.create({ metric: name, ...schedule });
}

/** What ends a training early, if anything does; watches the same. */
export function stopEarlyOf(
  { train }: Spec,
  { name }: Ranking,
): StopEarly | undefined {
  return train.stopEarly && stopEarly({ metric: name, ...train.stopEarly });
}

/** The numbers of validations that decide the course of a training. */
export function watchedBy(spec: Spec, ranking: Ranking): readonly string[] {
  return [
    scheduleOf(spec, ranking).watches,
    stopEarlyOf(spec, ranking)?.watches,
  ].filter((name) => name !== undefined);
}

/**
 * Fails unless what an experiment watches in validations is measured there, the
 * weights that it does not take from elsewhere are there, and its devices divide
 * a batch.
 *
 * @throws {ExperimentError} With the key and what to add.
 */
export function checkTraining(
  spec: Spec,
  { network: { weights }, ranking }: {
    readonly network: Network;
    readonly ranking: Ranking;
  },
): void {
  checkDevices(spec);
  matchNames(spec.init.skip, {
    names: weights.map(({ name }) => name),
    where: "init.skip",
  });
  checkWatched(spec, scheduleOf(spec, ranking).watches, "schedule");
  checkWatched(spec, stopEarlyOf(spec, ranking)?.watches, "train.stopEarly");
}

/** Fails unless devices can share a batch equally. */
function checkDevices({ train: { batch, devices } }: Spec): void {
  if (batch % devices === 0) return;
  const more = devices * Math.ceil(batch / devices);
  throw new ExperimentError(
    `Cannot divide batches of ${batch} samples over ${devices} devices`,
    {
      where: "train.devices",
      fix:
        `Set train.batch to ${more}, or train.devices to a divisor of ${batch}`,
    },
  );
}

function checkWatched(spec: Spec, metric: string | undefined, where: string) {
  if (metric === undefined) return;
  if (spec.data.validation.length === 0) {
    throw new ExperimentError(
      "Cannot watch validations: there is no volume to validate on",
      { where, fix: "Add one to data.validation" },
    );
  }
  if (metric === validationLoss.name || metricOf(spec, metric)) return;
  const home = metrics.components.find(({ name }) =>
    metrics.create(metrics.schema.parse({ type: name })).outputs
      .some(({ name }) => name === metric)
  )!;
  throw new ExperimentError(`Cannot watch "${metric}": it is not measured`, {
    where: `${where}.metric`,
    fix: `Add ${home.name} to evaluate.metrics`,
  });
}
