/**
 * Whatever experiments can ask of an accelerator can be written down as a
 * program: the steps of those that ship, and of every component.
 *
 * @module
 */
import { ok } from "node:assert";
import { canonicalJson } from "@/core/mod.ts";
import { isNativeReady, type PureFunction } from "@/engine/mod.ts";
import { parseExperiment, type Spec } from "@/experiment/mod.ts";
import { losses } from "@/loss/mod.ts";
import {
  activationNames,
  blocks,
  excitations,
  nets,
  norms,
  sizeOfWeight,
  type WeightSpec,
} from "@/model/mod.ts";
import {
  averagings,
  forwardPass,
  judgedForm,
  lossPass,
  optimizers,
  stepInputs,
  trainStep,
  weightsOf,
} from "@/train/mod.ts";
import { engineForTests } from "@test/engines.ts";
import {
  experimentPath,
  type Shipped,
  shippedExperiments,
} from "@test/experiments.ts";
import { patchFor } from "@test/patches.ts";
import { netOf } from "@/experiment/plan/mod.ts";
import { buildTraining } from "@/experiment/run/training.ts";
import { recordFunction } from "@/engine/stablehlo/_function_testing.ts";
import { exact } from "@/engine/stablehlo/_testing.ts";
import { Program } from "@/engine/stablehlo/mod.ts";
import type { TensorSpec } from "@/engine/vocabulary/types.ts";

const base = parseExperiment(experimentPath("mixloss.yaml"));

const kinds: Record<string, readonly Shipped[]> = {
  "that ships": shippedExperiments(),
  "with each network": nets.components.flatMap(({ name, presets = {} }) =>
    [undefined, ...Object.keys(presets)].map((preset) => {
      const levels = name === "refine" ? [0.5] : [];
      const model = nets.schema.parse({
        type: name,
        ...(preset && { preset }),
      });
      const loss = { ...base.loss, levels };
      return {
        name: `${name} ${preset ?? "as it is"}`,
        spec: { ...base, model, loss },
      };
    })
  ),
  "with each part of a network": [
    ...blocks.components.map(({ name }) => ({ block: { type: name } })),
    ...norms.components.map(({ name }) => ({ norm: { type: name } })),
    ...activationNames.map((activation) => ({ activation })),
    ...excitations.components.map(({ name }) => ({
      block: { type: "residual", excite: { type: name } },
    })),
    ...["channels", "voxels"].map((drops) => ({
      block: { type: "residual", dropout: { rate: 0.2, drops } },
    })),
    ...["max", "average", "convolution"].map((pooling) => ({ pooling })),
    ...["trilinear", "nearest", "transposed"].map((upsampling) => ({
      upsampling,
    })),
    { skip: "concatenation" },
    { recompute: true },
  ].map((part) => ({
    name: JSON.stringify(part),
    spec: {
      ...base,
      model: nets.schema.parse({ type: "resUnet", filters: [8, 16], ...part }),
    },
  })),
  "with each loss": losses.components.flatMap(({ name, presets = {} }) =>
    [undefined, ...Object.keys(presets)].map((preset) => {
      const entry = losses.schema.parse({
        type: name,
        ...(preset && { preset }),
      });
      const terms = [{ ...entry, weight: 1 }];
      return {
        name: `${name} ${preset ?? "as it is"}`,
        spec: { ...base, loss: { ...base.loss, terms } },
      };
    })
  ),
  "with each way to train": [
    ...optimizers.components.map(({ name }) => ({
      name,
      spec: { ...base, optimizer: optimizers.schema.parse({ type: name }) },
    })),
    ...[
      ...averagings.components.map(({ name }) => ({
        average: averagings.schema.parse({ type: name }),
      })),
      { clip: { value: 1, norm: 2 } },
      { accumulate: 3 },
    ].map((way) => ({
      name: JSON.stringify(way),
      spec: { ...base, train: { ...base.train, ...way } },
    })),
  ],
};

for (const [kind, variants] of Object.entries(kinds)) {
  const what = `every step ${kind} can be written down for accelerators`;
  const isReady = isNativeReady();
  Deno.test({
    name: isReady ? what : `${what} (skipped: it takes the native engine)`,
    ignore: !isReady,
    async fn() {
      await engineForTests("tensorflow");
      const written = new Set<string>();
      for (const { name, spec } of variants) {
        const { model, loss, heads, optimizer, train } = spec;
        const key = canonicalJson({ model, loss, heads, optimizer, train });
        if (written.has(key)) continue;
        written.add(key);
        try {
          writeDown(spec);
        } catch (cause) {
          throw new Error(`the step with ${name}: ${cause}`, { cause });
        }
      }
      ok(written.size > 0);
    },
  });
}

/** Writes the training step, the loss and the forward pass of an experiment down. */
function writeDown(spec: Spec): void {
  const training = buildTraining(spec);
  const { network, terms, targets } = training;
  const parts = { ...training, tellsNorm: true };
  const weights = weightsOf(network);
  const P = floats(numbersIn(weights.trained));
  const B = floats(numbersIn(weights.buffers));
  const image = floats(2, ...patchFor(netOf(spec)), 1);
  const truth = floats(2, ...patchFor(netOf(spec)), targets.length);
  const specs: Record<string, TensorSpec> = {
    weights: P,
    buffers: B,
    sum: P,
    image,
    distanceNm: image,
    ...{ target: truth, mask: truth, weight: truth },
    factors: floats(terms.length),
    seed: { shape: [2], dtype: 3 },
  };
  const specOf = (path: string) =>
    /^state.slots/.test(path)
      ? P
      : /^scalars/.test(path)
      ? floats()
      : specs[path.split(".").at(-1)!]!;
  write(trainStep(parts), stepInputs(parts).paths.map(specOf));
  write(lossPass(training), judgedForm(training).paths.map(specOf));
  write(forwardPass(network, { targets }), [P, B, image]);
}

function write(f: PureFunction, inputs: readonly TensorSpec[]): void {
  const program = new Program(exact);
  const { results } = recordFunction(program, { f, inputs });
  ok(program.text(results).length > 0);
}

function floats(...shape: number[]): TensorSpec {
  return { shape, dtype: 1 };
}

function numbersIn(weights: readonly WeightSpec[]): number {
  return weights.reduce((sum, weight) => sum + sizeOfWeight(weight), 0);
}
