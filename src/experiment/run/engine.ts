import {
  type Engine,
  type EngineFacts,
  openEngine,
  type ProgramStore,
} from "@/engine/mod.ts";
import {
  describeCode,
  describeMachine,
  type EngineRecord,
  type Environment,
} from "@/record/mod.ts";
import type { Spec } from "../spec/mod.ts";
import type { RunContext } from "./context.ts";

/** Which engine, and where its programs are kept. */
export interface EngineChoice {
  /** What a run to repeat computed with, in place of what the experiment says. */
  readonly recorded?: Pick<Environment, "engine" | "threads"> | undefined;
  /** Devices that share each batch, where it trains; 1 by default. */
  readonly devices?: number;
  /** Where compiled programs are found and kept. */
  readonly store: ProgramStore;
}

/** Opens the engine an experiment asks for, or the one that was recorded. */
export async function engineFor(
  { train }: Spec,
  { print, signal }: Pick<RunContext, "print" | "signal">,
  { recorded, devices = 1, store }: EngineChoice,
): Promise<Engine> {
  const { precision, eager } = train;
  const { engine, threads } = recorded ?? train;
  return await openEngine({
    engine: engine as EngineFacts["engine"],
    threads,
    precision,
    devices,
    eager,
    store,
    notify: print,
    signal,
  });
}

/** What decides whether a run can be repeated to the bit: engine, machine, code. */
export function environmentOf(
  { facts }: Pick<Engine, "facts">,
  { projectFolder }: Pick<RunContext, "projectFolder">,
): Environment {
  const machine = describeMachine(), code = describeCode(projectFolder);
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

/** What an engine has compiled and used, as runs record it; null if it does not tell. */
export function engineRecord(
  engine: Pick<Engine, "facts" | "programs" | "usage">,
): EngineRecord | null {
  const programs = engine.programs();
  if (programs.length === 0) return null;
  return {
    precision: engine.facts.precision,
    peakBytes: engine.usage()?.peakBytes ?? null,
    limitBytes: engine.usage()?.limitBytes ?? null,
    programs,
  };
}
