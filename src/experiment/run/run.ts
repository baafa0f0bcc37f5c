import { ExperimentError, RunError } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import {
  describeCode,
  describeMachine,
  type Environment,
  type NewRun,
  openRecords,
  type Recorder,
  type Records,
  type Run,
} from "@/record/mod.ts";
import { type Plan, planExperiment, readPlan } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import {
  type BestSoFar,
  carryOut,
  type Job,
  lastCheckpoint,
  rankingOf,
  readCheckpoint,
} from "./carry_out.ts";
import { writeReport } from "./report.ts";
import {
  buildMachine,
  engineFor,
  firstState,
  type Machine,
} from "./session.ts";
import type { RunContext } from "./types.ts";
import { changedSurroundings, openVerdict, type Verdict } from "./verdict.ts";
import { openVolumes, type Volumes } from "./volumes.ts";

/** What the command line gave besides the experiment. */
export interface Given {
  /** The experiment file as named. */
  readonly file: string;
  /** Values given by `--set` and `--seed`. */
  readonly overrides: readonly string[];
}

/**
 * Trains an experiment to its end and writes its report.
 *
 * @throws {ExperimentError} If the experiment cannot run; nothing is recorded then.
 * @throws {RunError} If it could not be carried to its end; the record says why.
 */
export async function runExperiment(
  spec: Spec,
  given: Given,
  context: RunContext,
): Promise<Run> {
  using open = await openAll(spec, context);
  return await carry(open, context, (records) => {
    const recorder = records.startRun(newRun(open, given, context, null));
    recordPlan(recorder, open.plan);
    return { recorder, start: firstState(open.machine, spec.seed), best: null };
  });
}

/**
 * Goes on with a run that was interrupted, failed or crashed, from its last
 * checkpoint; the records end up equal to those of an uninterrupted run.
 *
 * @throws {ExperimentError} If there is no such run, it has finished, or its
 * data or engine is not what it was.
 */
export async function resumeRun(id: string, context: RunContext): Promise<Run> {
  const run = readRun(id, context);
  const spec = specOf(run);
  using open = await openAll(spec, context, run);
  refuseChanges(run, open, context);
  return await carry(open, context, (records) => {
    const recorder = records.continueRun(run.id);
    const start =
      readCheckpoint(records, run.id, open.machine, [lastCheckpoint]) ??
        firstState(open.machine, spec.seed);
    records.trimTo(run.id, start.step);
    recorder.log("info", `resumed after step ${start.step}`);
    context.print(`Going on with ${run.id} after step ${start.step}`);
    return { recorder, start, best: bestUpTo(records, run.id, spec) };
  });
}

/**
 * Repeats a run from its recorded plan, seed, engine and threads as a new run,
 * and compares every metric and weight hash as it goes.
 *
 * @throws {ExperimentError} If there is no such run or its data has changed.
 */
export async function rerunRun(id: string, context: RunContext): Promise<Run> {
  const before = readRun(id, context);
  const spec = specOf(before);
  using open = await openAll(spec, context, before);
  refuseChangedData(before, open.volumes);
  return await carry(open, context, (records) => {
    const given = { file: before.file ?? "", overrides: before.overrides };
    const fresh = newRun(open, given, context, before.id);
    const recorder = records.startRun(fresh);
    recordPlan(recorder, open.plan);
    context.print(`Repeating ${before.id} as ${recorder.run.id}`);
    return {
      recorder,
      start: firstState(open.machine, spec.seed),
      best: null,
      repeats: {
        verdict: openVerdict(records, before),
        reasons: changedSurroundings(before, fresh),
      },
    };
  });
}

/** Everything a run needs that is open while it goes; owns it. */
interface Open extends Disposable {
  readonly plan: Plan;
  readonly machine: Machine;
  readonly volumes: Volumes;
  readonly engine: Engine;
}

/** Opens what an experiment needs; with the engine and threads of `before`, if given. */
async function openAll(
  spec: Spec,
  context: RunContext,
  before?: Run,
): Promise<Open> {
  planExperiment(spec); // what is wrong with it is known before anything is read
  using stack = new DisposableStack();
  const machine = buildMachine(spec);
  const volumes = stack.use(await openVolumes(spec, context));
  const plan = planExperiment(spec, volumes.described);
  const engine = stack.use(
    await engineFor(spec, context.print, before?.environment),
  );
  const kept = stack.move();
  return {
    plan,
    machine,
    volumes,
    engine,
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/** What opening a run's record gives. */
interface Opening extends Pick<Job, "recorder" | "start" | "best"> {
  readonly repeats?: {
    readonly verdict: Verdict;
    readonly reasons: readonly string[];
  };
}

/** Carries a run out and records how it ended, whatever happens. */
async function carry(
  open: Open,
  context: RunContext,
  begin: (records: Records) => Opening,
): Promise<Run> {
  using records = openRecords(context.resultsFolder);
  const { recorder, start, best, repeats } = begin(records);
  using _ = recorder;
  const { id } = recorder.run;
  for (const notice of open.engine.facts.notices) {
    recorder.log("warning", notice);
  }
  try {
    const job: Job = {
      ...open,
      records,
      recorder,
      start,
      best,
      verdict: repeats?.verdict ?? null,
    };
    const outcome = await carryOut(job, context);
    if (outcome === "interrupted") {
      recorder.finish("interrupted", "stopped by the user");
      context.print(
        `Interrupted; go on with: deno task resume ${id}`,
      );
      return records.run(id);
    }
    const verdict = repeats?.verdict.conclude(repeats.reasons);
    recorder.finish("finished", undefined, verdict);
    if (verdict) context.print(verdict);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    try {
      recorder.log(
        "error",
        error instanceof ExperimentError ? `${error}` : reason,
      );
      recorder.finish("failed", reason);
    } catch (second) { // such as a full disk: the first error is the one to show
      context.print(`The failure could not be recorded: ${second}`);
    }
    if (error instanceof ExperimentError) throw error;
    throw new RunError(`Cannot carry the run to its end: ${reason}`, {
      where: `run ${id}`,
      fix:
        `Look at "deno task show ${id}"; if this is not your doing, report it`,
      cause: error,
    });
  }
  const { spec } = open.plan;
  if (spec.report.atEnd) {
    const path = writeReport(records, spec, id);
    context.print(`Report: ${path}`);
  }
  return records.run(id);
}

function newRun(
  { plan, volumes, engine }: Open,
  { file, overrides }: Given,
  context: RunContext,
  rerunOf: string | null,
): NewRun {
  return {
    experiment: plan.spec.name,
    file: file || null,
    overrides,
    plan: JSON.stringify(plan),
    planHash: plan.hash,
    seed: plan.spec.seed,
    environment: environmentOf(engine, context),
    inputs: volumes.inputs,
    rerunOf,
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

function recordPlan(recorder: Recorder, plan: Plan): void {
  recorder.artifact(
    "plan.json",
    "application/json",
    new TextEncoder().encode(JSON.stringify(plan, null, 2)),
  );
}

function readRun(id: string, { resultsFolder }: RunContext): Run {
  using records = openRecords(resultsFolder, { readOnly: true });
  return records.run(id);
}

/** The experiment of a recorded run. */
export function specOf({ id, plan }: Run): Spec {
  return readPlan(plan, `run ${id}`).spec;
}

function bestUpTo(records: Records, id: string, spec: Spec): BestSoFar | null {
  const { name, sign } = rankingOf(spec);
  return records.metrics(id, { split: "validation", name })
    .filter(({ value }) => !Number.isNaN(value))
    .reduce<BestSoFar | null>(
      (best, { step, value }) =>
        !best || sign * (value - best.value) > 0 ? { step, value } : best,
      null,
    );
}

function refuseChangedData(before: Run, volumes: Volumes): void {
  for (const input of before.inputs) {
    const now = volumes.inputs.find(({ role }) => role === input.role);
    if (now?.sha256 === input.sha256) continue;
    throw new ExperimentError(
      `Cannot repeat run ${before.id}: the data of ${input.role} has changed`,
      {
        where: now?.path ?? input.path,
        fix: `Put the file with SHA-256 ${input.sha256} back`,
      },
    );
  }
}

function refuseChanges(
  run: Run,
  { engine, volumes }: Open,
  context: RunContext,
): void {
  refuseChangedData(run, volumes);
  const now = {
    environment: environmentOf(engine, context),
    inputs: volumes.inputs,
  };
  for (const reason of changedSurroundings(run, now)) {
    context.print(`Note: since the run began, ${reason}`);
  }
}
