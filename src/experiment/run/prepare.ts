import { ExperimentError, RunError } from "@/core/mod.ts";
import { type Engine, findPlugin } from "@/engine/mod.ts";
import { openRecords, type Records, type Run } from "@/record/mod.ts";
import {
  checkPlanMemory,
  type Finding,
  type Plan,
  withFindings,
  withVolumes,
} from "../plan/mod.ts";
import { checkSubmission } from "../submission/check.ts";
import type { RunContext } from "./context.ts";
import { loadData, type RunData } from "./data.ts";
import { engineFor, environmentOf } from "./engine.ts";
import { describe, notesOf } from "./examine.ts";
import { loadInitialWeights } from "./initial_weights.ts";
import { judgeBeginning } from "./initial_data.ts";
import { refuseChangedData } from "./inputs.ts";
import { judgeLabels } from "./judge_labels.ts";
import { accepted, together } from "./judgement.ts";
import { findLossBatches, type LossBatches } from "./loss_batches.ts";
import { judgeOverlaps } from "./overlaps.ts";
import { RecordedPrograms } from "./programs.ts";
import { comparedRuns } from "./report.ts";
import { buildTraining, type Training } from "./training.ts";
import { openVolumes } from "./volumes.ts";

/** Everything a run needs, read, checked and open; owns what is open. */
export interface Prepared extends Disposable {
  /** What is to happen, with the volumes it happens to. */
  readonly plan: Plan;
  /** What it trains, and how. */
  readonly training: Training;
  /** What it works on. */
  readonly data: RunData;
  /** What its loss is validated on; null where there is nothing. */
  readonly lossBatches: LossBatches | null;
  /** What computes. */
  readonly engine: Engine;
  /** Where its compiled programs are kept. */
  readonly programs: RecordedPrograms;
  /** What it reads and where it runs. */
  readonly surroundings: Pick<Run, "environment" | "inputs">;
  /** What its log should begin with. */
  readonly notes: readonly string[];
  /** What was found about its data, which the log says too. */
  readonly findings: readonly Finding[];
  /** Where it is to be recorded, and what runs before have recorded. */
  readonly records: Records;
}

/**
 * Reads, checks and opens what a plan needs, as it was for a run that it is to
 * be `like`, if there is one. Nothing is recorded yet.
 *
 * @throws {ExperimentError} If something is missing, damaged or does not fit; if
 * data are not what they were for that run, or, without one, splits share voxels
 * or hold no cleft and the experiment does not allow that.
 */
export async function prepare(
  { plan, like }: { readonly plan: Plan; readonly like?: Run },
  context: RunContext,
): Promise<Prepared> {
  using opened = new DisposableStack();
  const { spec } = plan;
  const judging = { ...spec, isOnRecord: like !== undefined };
  const refuseOther = (opened: Run["inputs"]) =>
    like && refuseChangedData(like, { opened, doing: "repeat" });

  const wanted = like?.environment.engine ?? spec.train.engine;
  checkPlanMemory(plan, { onDevice: mayUseDevice(wanted) });
  const built = buildTraining(spec, plan.ranking);
  const { given, inputs, notes } = await loadInitialWeights(
    spec,
    built.network,
    { context, before: like },
  );
  refuseOther(inputs);
  using volumes = await openVolumes(spec, context);
  refuseOther(volumes.inputs);
  const handedIn = like ? [] : await checkSubmission(spec, context);
  const { regions } = volumes;
  const overlaps = accepted(
    together([
      judgeOverlaps(regions, judging),
      await judgeBeginning(regions, { ...judging, inputs, place: context }),
    ]),
  );
  const data = await loadData(spec, { volumes, place: context });
  refuseOther(data.inputs);
  const forLoss = findLossBatches(data.measured.validation, plan);
  const counted = regions.map((region, i) => ({
    region,
    counts: data.counts[i],
  }));
  const findings = [
    ...notesOf(regions),
    ...handedIn,
    ...overlaps,
    ...accepted(judgeLabels(counted, judging)),
  ];
  const programs = new RecordedPrograms(context.resultsFolder, {
    first: like?.id ?? null,
    print: context.print,
  });
  const engine = opened.use(
    await engineFor(spec, context, {
      recorded: like?.environment,
      devices: spec.train.devices,
      store: programs,
    }),
  );
  checkPlanMemory(plan, { onDevice: engine.facts.gpu !== null });
  context.signal.throwIfAborted();
  const records = opened.use(
    beforeRun(() => openRecords(context.resultsFolder)),
  );
  comparedRuns(records, spec); // refuses what is misnamed before training
  for (const { text } of findings) context.print(text);
  const open = opened.move();
  return {
    plan: withFindings(
      withVolumes(plan, describe(regions, data.counts)),
      findings,
    ),
    training: { ...built, given },
    data,
    lossBatches: forLoss.batches,
    engine,
    programs,
    surroundings: {
      environment: environmentOf(engine, context),
      inputs: [...data.inputs, ...inputs],
    },
    notes: forLoss.note === undefined ? notes : [...notes, forLoss.note],
    findings,
    records,
    [Symbol.dispose]: () => open.dispose(),
  };
}

/** Whether a network may lie in another memory than this machine's. */
export function mayUseDevice(engine: string): boolean {
  return engine === "pjrt" ||
    engine === "auto" && findPlugin({ isExplicit: false }) !== null;
}

/** Does what comes before a run, whose failure is thus not a run's. */
export function beforeRun<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    throw new ExperimentError(error.message, error);
  }
}
