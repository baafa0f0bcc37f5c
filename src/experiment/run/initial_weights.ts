import type { Network } from "@/model/mod.ts";
import type { Run, RunInput } from "@/record/mod.ts";
import { weightsFrom } from "@/train/mod.ts";
import type { Spec } from "../spec/mod.ts";
import type { RunContext } from "./context.ts";
import { type InitialPlace, openInitialSource } from "./initial_source.ts";

/** What a network begins with that is not drawn. */
export interface InitialWeights {
  /** Numbers by the weight's name. */
  readonly given: ReadonlyMap<string, Float32Array>;
  /** Where they come from, as a run records it. */
  readonly inputs: readonly RunInput[];
  /** What the log should say of it. */
  readonly notes: readonly string[];
}

/**
 * Reads the weights that an experiment begins with; for a run to repeat, those
 * of the run that it took them from, even if there is a later one by now.
 *
 * @throws {ExperimentError} If there are none, or they do not fit the network.
 */
export async function loadInitialWeights(
  { init }: Spec,
  network: Network,
  { context, before }: {
    readonly context: RunContext;
    readonly before?: Run | undefined;
  },
): Promise<InitialWeights> {
  const source = await openInitialSource(init, { place: context, before });
  if (!source) return { given: new Map(), inputs: [], notes: [] };
  const { input, file } = source;
  const { given, unused } = weightsFrom(file, network, {
    skip: init.skip,
    where: input.path,
  });
  const drawn = network.weights.map(({ name }) => name)
    .filter((name) => !given.has(name));
  const list = (what: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${what}: ${names.join(", ")}`];
  return {
    given,
    inputs: [input],
    notes: [
      `began with ${given.size} weights of ${input.path}`,
      ...list("drawn anew", drawn),
      ...list("not used of it", unused),
    ],
  };
}

/**
 * The file that an experiment begins with, if there is one, as a run records it.
 *
 * @throws {ExperimentError} If it cannot be read.
 */
export async function initialInputs(
  { init }: Spec,
  context: InitialPlace,
): Promise<readonly RunInput[]> {
  const source = await openInitialSource(init, { place: context });
  return source ? [source.input] : [];
}
