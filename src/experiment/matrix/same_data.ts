import { canonicalJson, ExperimentError } from "@/core/mod.ts";
import {
  haveSameData,
  haveSameTrainingData,
  type Run,
  type RunInput,
} from "@/record/mod.ts";
import { loadResource, resourceInputs } from "../run/data.ts";
import type { InitialPlace } from "../run/initial_source.ts";
import { initialInputs } from "../run/initial_weights.ts";
import { openVolumes } from "../run/volumes.ts";
import type { Spec } from "../spec/spec.ts";

/** Tells runs on the data of today from those on data that has changed since. */
export class SameData {
  readonly #place: InitialPlace;
  readonly #inputs = new Map<string, Promise<readonly RunInput[] | null>>();

  /** Looks for data as a run does. */
  constructor(place: InitialPlace) {
    this.#place = place;
  }

  /**
   * Those of some runs that read the files of an experiment as they are now, or
   * those that training needs; all of them where these cannot be read, as nobody
   * can tell. `begunWith` is the run that the experiment takes its weights from,
   * as another one may be that by now.
   */
  async of(
    runs: readonly Run[],
    spec: Spec,
    { toTrain = false, begunWith }: {
      readonly toTrain?: boolean;
      readonly begunWith?: string | undefined;
    } = {},
  ): Promise<readonly Run[]> {
    if (runs.every(({ inputs }) => inputs.length === 0)) return runs;
    const { data, augment, init } = spec;
    const key = canonicalJson({ data, augment, init, begunWith });
    const opened = this.#inputs.get(key) ?? this.#open(spec);
    this.#inputs.set(key, opened);
    const now = await opened;
    const areSame = toTrain ? haveSameTrainingData : haveSameData;
    return now === null
      ? runs
      : runs.filter(({ inputs }) => areSame(inputs, now));
  }

  async #open(spec: Spec): Promise<readonly RunInput[] | null> {
    try {
      using volumes = await openVolumes(spec, this.#place);
      const resource = await loadResource(spec, {
        volumes: volumes.of("train"),
        place: this.#place,
      });
      return [
        ...volumes.inputs,
        ...resourceInputs(resource),
        ...await initialInputs(spec, this.#place),
      ];
    } catch (error) {
      if (error instanceof ExperimentError) return null;
      throw error;
    }
  }
}
