import type { Zyx } from "@/core/mod.ts";
import type { Engine, EngineFacts, EngineRequest } from "@/engine/mod.ts";
import { type Forward, numbersOnly, tileCount } from "@/infer/mod.ts";
import type { Run } from "@/record/mod.ts";
import { type Snapshot, TrainState } from "@/train/mod.ts";
import { type Plan, tileBytes } from "../plan/mod.ts";
import type { RunContext } from "./context.ts";
import { engineFor } from "./engine.ts";
import { openForward } from "./forward.ts";
import {
  bytesPerThread,
  ForwardThreads,
  threadsFor,
} from "./forward_threads.ts";
import { RecordedPrograms } from "./programs.ts";
import type { Training } from "./training.ts";

/** A head of a network, as a run has trained it. */
export interface TrainedHead {
  readonly run: Pick<Run, "id">;
  readonly plan: Plan;
  readonly training: Training;
  readonly snapshot: Snapshot;
  /** The number of the head. */
  readonly head: number;
}

/** What to apply it to, and by what. */
export interface PredictorChoice {
  /** Extent of the volume. */
  readonly shapeVox: Zyx;
  /** What computes, in place of what the experiment says. */
  readonly engine?: EngineRequest["engine"] | undefined;
  /** Tiles that each thread or device is given at a time; what suits it by default. */
  readonly batch?: number | undefined;
  /** Where programs are kept, and who hears. */
  readonly context: Pick<RunContext, "resultsFolder" | "print" | "signal">;
}

/** A network at work: on a device, or on all cores of a processor. */
export interface Predictor extends AsyncDisposable {
  /** Tiles in, what the head says out. */
  readonly forward: Forward;
  /** What computes. */
  readonly engine: Engine;
  /** Tiles to give at a time. */
  readonly batch: number;
  /** Bytes that it takes for them. */
  readonly bytes: number;
}

/**
 * Opens what applies a network to a volume: several threads where there are tiles
 * and memory enough and no device computes, else one engine.
 *
 * @throws {ExperimentError} If the engine cannot be opened.
 */
export async function openPredictor(
  trained: TrainedHead,
  { shapeVox, context, ...choice }: PredictorChoice,
): Promise<Predictor> {
  const { run, plan: { spec, inferPatchVox } } = trained;
  const perThread = choice.batch ?? 1, bytesPerTile = tileBytes(trained.plan);
  const threads = threadsFor({
    tiles: tileCount(shapeVox, {
      patchVox: inferPatchVox,
      overlap: spec.infer.overlap,
    }),
    threads: spec.train.threads,
    tileBytes: perThread * bytesPerTile,
  });
  const train = {
    ...spec.train,
    engine: choice.engine ?? spec.train.engine,
    threads: threads > 1 ? 1 : spec.train.threads,
  };
  await using opened = new AsyncDisposableStack();
  const engine = opened.use(
    await engineFor({ ...spec, train }, context, {
      store: new RecordedPrograms(context.resultsFolder, {
        first: run.id,
        print: context.print,
      }),
    }),
  );
  const isShared = threads > 1 && !engine.runsAhead;
  const network = opened.use(
    isShared
      ? inThreads(threads, { ...trained, engine })
      : inThisThread(engine, trained),
  );
  const batch = isShared
    ? threads * perThread
    : tilesAtOnce(engine.facts, choice.batch);
  const owned = opened.move();
  return {
    forward: numbersOnly(network.forward, `run ${run.id}`),
    ...{ engine, batch },
    bytes: batch * bytesPerTile + (isShared ? threads * bytesPerThread : 0),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Tiles that one engine is given at a time: more where a device computes. */
export function tilesAtOnce(
  { gpu }: Pick<EngineFacts, "gpu">,
  asked?: number,
): number {
  return asked ?? (gpu === null ? 1 : 4);
}

function inThreads(
  count: number,
  { plan: { spec }, snapshot, head, engine: { facts } }: TrainedHead & {
    readonly engine: Pick<Engine, "facts">;
  },
): ForwardThreads {
  const { weights, buffers } = snapshot.mean ?? snapshot;
  const { engine, precision } = facts, { eager } = spec.train;
  return new ForwardThreads({
    ...{ spec, head, weights, buffers },
    engine: { engine, precision, eager },
  }, count);
}

function inThisThread(
  engine: Engine,
  { training, snapshot, head }: TrainedHead,
): Disposable & { readonly forward: Forward } {
  const state = TrainState.from(snapshot, training.optimizer.slotNames);
  return {
    forward: openForward(engine, { ...training, head })(state.predicting),
    [Symbol.dispose]: () => state[Symbol.dispose](),
  };
}
