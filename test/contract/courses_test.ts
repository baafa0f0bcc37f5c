/**
 * Courses of training: the same twenty steps on accelerators, by the processor's
 * plugin, as on TensorFlow.
 *
 * @module
 */
import type { Zyx } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import {
  type Engine,
  type EngineName,
  isNativeReady,
  openEngine,
  type Precision,
} from "@/engine/mod.ts";
import { lossTerms } from "@/loss/mod.ts";
import { layOut, nets } from "@/model/mod.ts";
import { optimizers } from "@/train/mod.ts";
import { trainTiny } from "@/train/_testing.ts";
import { closeForTests } from "@test/engines.ts";
import { noiseBatch } from "@test/noise.ts";
import { cpuPluginPath } from "@test/pjrt.ts";
import { compileQuickly } from "@test/quick_flags.ts";

const STEPS = 20;

/** A network, what it learns from, and how far its losses may be apart. */
interface Course {
  readonly what: string;
  readonly model: Record<string, unknown>;
  readonly patchVox?: Zyx;
  readonly levels?: number;
  readonly precision?: Precision;
  readonly tolerance?: number;
}

/** As a rectifier's kink can have a last bit on either side of it. */
const smooth = { activation: "swish" };
const unet = {
  type: "resUnet",
  filters: [4, 6, 8],
  anisotropicLevels: 1,
  ...smooth,
};
/** Quick to compile: what a course is about is in both its levels. */
const shallow = { ...unet, filters: [4, 6] };
const courses: readonly Course[] = [
  { what: "the report's network", model: unet },
  {
    what: "the dilated network",
    model: { ...shallow, block: { type: "dilated", maxDilation: 2 } },
  },
  {
    what: "squeeze-and-excitation",
    model: {
      ...shallow,
      block: {
        type: "residual",
        excite: { type: "channel", ratio: 2 },
      },
    },
  },
  {
    what: "the dense network",
    model: {
      ...{ type: "denseUnet", filters: [2, 3], anisotropicLevels: 1 },
      ...{ block: { type: "dense", convolutions: 2, growth: 2 }, ...smooth },
    },
  },
  { what: "deep supervision", model: unet, levels: 1 },
  {
    what: "D-LinkNet",
    model: {
      ...{ type: "dLinkNet", encoder: "resnet18", width: 2, headChannels: 2 },
      ...smooth,
    },
    patchVox: [2, 64, 64],
  },
  {
    what: "a second stage that refines",
    model: { type: "refine", base: shallow, filters: [4], ...smooth },
    levels: 1,
  },
  {
    what: "the report's network in bf16",
    model: { ...unet, filters: [16, 16] },
    patchVox: [4, 16, 16],
    precision: "bf16",
    tolerance: 1e-2,
  },
];

const isReady = isNativeReady() && cpuPluginPath() !== null;
for (const course of courses) {
  Deno.test({
    name: `train() of ${course.what} takes TensorFlow's course on the plugin` +
      (isReady ? "" : " (skipped: not set up)"),
    ignore: !isReady,
    fn: async () => {
      const expected = await lossesOn("tensorflow", course);
      const found = await lossesOn("pjrt", course);
      const { tolerance = 1e-4 } = course;
      found.forEach((loss, i) => {
        const error = Math.abs(loss / expected[i]! - 1);
        if (error <= tolerance) return;
        throw new Error(`step ${i + 1}: ${loss}, it should be ${expected[i]}`);
      });
    },
  });
}

/** The losses of a course; the engine is opened for it. */
async function lossesOn(
  name: EngineName,
  course: Course,
): Promise<readonly number[]> {
  compileQuickly();
  closeForTests(name);
  using engine = await openEngine({
    ...{ engine: name, threads: 2, eager: false, notify: () => {} },
    precision: course.precision ?? "fp32",
  });
  return await train(engine, course);
}

async function train(
  engine: Engine,
  { model, patchVox = [4, 16, 16], levels = 0 }: Course,
): Promise<readonly number[]> {
  const entry = nets.schema.parse(model);
  const terms = lossTerms({
    terms: [
      { type: "bce", useWeights: true, weight: 1 },
      { type: "dice", over: "batch", smoothVox: 1, weight: 1 },
    ],
    ...levels > 0 && { levels: new Array(levels).fill(.5) },
  });
  let index = 0;
  const { events } = await trainTiny(engine, {
    steps: STEPS,
    network: layOut(nets.create(entry)({ heads: 1, levels })),
    targets: [targets.create(targets.schema.parse({ type: "binary" }))],
    terms,
    optimizer: optimizers.create(
      optimizers.schema.parse({ type: "sgd", learningRate: .01 }),
    ),
    batches: {
      next: () =>
        Promise.resolve({
          batch: noiseBatch(index++, { patchVox }),
          waitMs: 0,
        }),
    },
  });
  return events.map(({ loss }) => loss);
}
