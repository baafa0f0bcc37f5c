import type { Engine } from "@/engine/mod.ts";
import {
  describeCode,
  describeMachine,
  type Environment,
  type Run,
} from "@/record/mod.ts";
import { type Plan, planExperiment } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { loadData, type RunData } from "./data.ts";
import { loadInitialWeights } from "./initial_weights.ts";
import { refuseChangedData } from "./inputs.ts";
import { RecordedPrograms } from "./programs.ts";
import { buildMachine, engineFor, type Machine } from "./session.ts";
import type { RunContext } from "./types.ts";
import { openVolumes } from "./volumes.ts";

/** Everything a run needs that is open while it goes; owns it. */
export interface Open extends Disposable {
  readonly plan: Plan;
  readonly machine: Machine;
  readonly data: RunData;
  readonly engine: Engine;
  /** Where its compiled programs are kept. */
  readonly programs: RecordedPrograms;
  /** What its log should begin with. */
  readonly notes: readonly string[];
}

/** Opens what an experiment needs; as it was for `before`, if given. */
export async function openAll(
  spec: Spec,
  context: RunContext,
  before?: Run,
): Promise<Open> {
  // What is wrong with it is known before anything is read.
  const { ranking } = planExperiment(spec, [], before?.ranking);
  const built = buildMachine(spec, ranking);
  const { given, inputs, notes } = await loadInitialWeights(
    spec,
    built.network,
    { context, before },
  );
  if (before) refuseChangedData(before, inputs, "repeat");
  using volumes = await openVolumes(spec, context);
  if (before) refuseChangedData(before, volumes.inputs, "repeat");
  const plan = planExperiment(spec, volumes.described, ranking);
  const data = await loadData(spec, volumes, context);
  if (before) refuseChangedData(before, data.inputs, "repeat");
  const programs = new RecordedPrograms(context.resultsFolder, {
    first: before?.id ?? null,
    print: context.print,
  });
  const engine = await engineFor(spec, context, {
    recorded: before?.environment,
    devices: spec.train.devices,
    store: programs,
  });
  return {
    plan,
    machine: { ...built, given },
    data: { ...data, inputs: [...data.inputs, ...inputs] },
    engine,
    programs,
    notes,
    [Symbol.dispose]: () => engine[Symbol.dispose](),
  };
}

/** What a run reads and where it runs. */
export function surroundingsOf(
  { engine, data }: Open,
  context: RunContext,
): Pick<Run, "environment" | "inputs"> {
  return {
    environment: environmentOf(engine, context),
    inputs: data.inputs,
  };
}

function environmentOf(engine: Engine, context: RunContext): Environment {
  const machine = describeMachine();
  const { facts } = engine;
  const code = describeCode(context.projectFolder);
  return {
    ...machine,
    ...code,
    versions: { ...machine.versions, ...facts.versions },
    engine: facts.engine,
    devices: facts.devices,
    threads: facts.threads,
    gpu: facts.gpu ?? machine.gpu,
    notices: [...code.notices, ...facts.notices],
  };
}
