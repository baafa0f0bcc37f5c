/**
 * Every experiment that ships, trained for a few steps on accelerators, by the
 * processor's plugin, and on TensorFlow: narrow, but with all its parts.
 *
 * @module
 */
import { ok } from "node:assert";
import { canonicalJson, channelsOfAll, type Zyx } from "@/core/mod.ts";
import {
  type EngineName,
  isNativeReady,
  openEngine,
  type Precision,
  type ProgramStore,
} from "@/engine/mod.ts";
import type { Spec } from "@/experiment/mod.ts";
import { netOf } from "@/experiment/plan/mod.ts";
import { buildTraining, firstState } from "@/experiment/run/training.ts";
import { needsDistance } from "@/loss/mod.ts";
import { nets } from "@/model/mod.ts";
import { type Trained, trainTiny } from "@/train/_testing.ts";
import { closeForTests } from "@test/engines.ts";
import { shippedExperiments } from "@test/experiments.ts";
import { noiseBatch } from "@test/noise.ts";
import { patchFor } from "@test/patches.ts";
import { cpuPluginPath } from "@test/pjrt.ts";
import { compileQuickly } from "@test/quick_flags.ts";

const STEPS = 3;

/** How far losses may be apart, relatively; 16 bits round coarsely. */
const tolerances: Readonly<Record<Precision, number>> = {
  fp32: 1e-4,
  tf32: 1e-4, // which is fp32 on processors
  bf16: 1e-2,
};

/** Patches that are small enough; the first that a network takes. */
const patches: readonly Zyx[] = [[2, 32, 32], [2, 64, 64], [32, 32, 32]];

/** Stands in for networks that an experiment before has had; quick to compile. */
function plain({ loss: { levels } }: Spec): Spec["model"] {
  return nets.schema.parse({
    type: "resUnet",
    filters: [1, 2, ...levels.map((_, i) => i + 3)],
    anisotropicLevels: 1,
    block: { type: "plain", convolutions: 1 },
    activation: "elu",
  });
}

/** Experiments that together have every part of a step that some have. */
const distinct = withNewParts(
  shippedExperiments()
    .map(({ name, spec }) => ({ name, spec: narrowed(spec) })),
);
/** Programs that some experiments have in common are compiled once. */
const programs = new Map<string, Uint8Array>();

const isReady = isNativeReady() && cpuPluginPath() !== null;
for (const { name, spec } of distinct) {
  Deno.test({
    name: `experiments/${name} takes TensorFlow's steps on the plugin` +
      (isReady ? "" : " (skipped: not set up)"),
    ignore: !isReady,
    fn: async () => {
      const expected = await trainOn("tensorflow", spec);
      const found = await trainOn("pjrt", spec);
      const tolerance = tolerances[spec.train.precision];
      found.events.forEach(({ loss, terms }, i) => {
        const other = expected.events[i]!;
        [loss, ...terms].forEach((value, k) => {
          const right = [other.loss, ...other.terms][k]!;
          ok(
            Math.abs(value - right) <= tolerance * Math.abs(right),
            `step ${i + 1}, loss ${k}: ${value}, it should be ${right}`,
          );
        });
      });
      const moved = [found, expected].map(({ start, snapshot }) =>
        snapshot.weights.map((weight, i) => weight - start[i]!)
      ) as [Float32Array, Float32Array];
      const error = distance(...moved);
      ok(error <= 10 * tolerance, `weights are ${error} of their way off`);
    },
  });
}

/** Trains as an experiment says; the engine is opened for it. */
async function trainOn(
  engineName: EngineName,
  spec: Spec,
): Promise<Trained & { readonly start: Float32Array }> {
  compileQuickly();
  const { precision } = spec.train;
  const store: ProgramStore = {
    find: (key) => programs.get(key) ?? null,
    keep: (key, bytes) => void programs.set(key, bytes),
  };
  closeForTests(engineName);
  using engine = await openEngine({
    ...{ engine: engineName, threads: 1, eager: false, notify: () => {} },
    ...{ precision, store },
  });
  const training = buildTraining(spec);
  const patchVox = patchFor(netOf(spec), patches);
  const hasDistances = needsDistance(training.terms);
  const heads = training.targets.length;
  const channels = channelsOfAll(training.targets);
  let index = 0;
  const next = () => {
    const batch = noiseBatch(index++, {
      ...{ patchVox, heads, channels, hasDistances },
    });
    return Promise.resolve({ batch, waitMs: 0 });
  };
  const start = firstState(training, spec.seed);
  const trained = await trainTiny(engine, {
    ...training,
    ...{ start, steps: STEPS, batches: { next } },
    plan: { saveEverySteps: STEPS, validateEverySteps: STEPS },
  });
  return { ...trained, start: start.weights };
}

/** How far two rows of numbers are apart, as a share of the second's length. */
function distance(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...b.map((n, i) => n - a[i]!)) / Math.hypot(...b);
}

/**
 * An experiment of few channels in which a last bit decides little: rectifiers
 * are smooth, as their kink can have it on either side, and Adam divides no
 * gradient that is next to nothing by its own size.
 */
function narrowed(spec: Spec): Spec {
  const { model, optimizer } = spec;
  const { filters, norm, block } = model as Readonly<
    Record<string, unknown> & {
      filters?: readonly number[];
      norm?: { groups?: number };
      block?: { excite?: { ratio?: number } };
    }
  >;
  const hasGroups = (norm?.groups ?? 1) > 1;
  const hasRatio = (block?.excite?.ratio ?? 1) > 1;
  const unit = hasGroups || hasRatio ? 2 : 1;
  return {
    ...spec,
    model: nets.schema.parse({
      ...model,
      ..."activation" in model && { activation: "elu" },
      ...filters && { filters: filters.map((_, i) => unit * (i + 1)) },
      ...hasGroups && { norm: { ...norm, groups: 2 } },
      ...hasRatio && {
        block: { ...block, excite: { ...block!.excite, ratio: 2 } },
      },
    }),
    optimizer: "epsilon" in optimizer
      ? { ...optimizer, epsilon: 1e-3 }
      : optimizer,
  };
}

/**
 * Those of some experiments that have a part which none before them has; with a
 * plain network, where that is not new.
 */
function withNewParts<T extends { readonly spec: Spec }>(
  all: readonly T[],
): readonly T[] {
  const known = new Set<string>();
  return all.flatMap((one) => {
    const [network, ...others] = partsOf(one.spec)
      .map((part) => ({ part, isNew: !known.has(part) }));
    for (const { part } of [network!, ...others]) known.add(part);
    if (network!.isNew) return [one];
    if (!others.some(({ isNew }) => isNew)) return [];
    return [{ ...one, spec: { ...one.spec, model: plain(one.spec) } }];
  });
}

/** What the steps of an experiment consist of, whatever the size of a weight. */
function partsOf({ model, heads, loss, optimizer, train }: Spec): string[] {
  const { average, clip, accumulate, precision } = train;
  const ways = { heads, loss, optimizer, average, clip, accumulate, precision };
  const withoutSizes = (_: string, value: unknown) =>
    typeof value === "number" ? Math.sign(value) : value;
  return [
    canonicalJson({ model }),
    ...Object.entries(ways).map((way) => JSON.stringify(way, withoutSizes)),
  ];
}
