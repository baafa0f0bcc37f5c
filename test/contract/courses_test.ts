/**
 * Courses of training: the same twenty steps on accelerators, by the processor's
 * plugin, as on TensorFlow.
 *
 * @module
 */
import { type Batch, openRng, sizeOf, type Zyx } from "@/core/mod.ts";
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
import { cpuPluginPath } from "@test/pjrt.ts";

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

/** Smooth, as a rectifier's kink can have a last bit on either side of it. */
const unet = {
  type: "resUnet",
  filters: [4, 6, 8],
  anisotropicLevels: 1,
  activation: "swish",
};
const courses: readonly Course[] = [
  { what: "the report's network", model: unet },
  {
    what: "the dilated network",
    model: { ...unet, block: { type: "dilated" } },
  },
  {
    what: "squeeze-and-excitation",
    model: {
      ...unet,
      block: {
        type: "residual",
        excite: { type: "channel", ratio: 2 },
      },
    },
  },
  { what: "deep supervision", model: unet, levels: 1 },
  {
    what: "D-LinkNet",
    model: { type: "dLinkNet", encoder: "resnet18", width: 2, headChannels: 2 },
    patchVox: [2, 64, 64],
  },
  {
    what: "a second stage that refines",
    model: { type: "refine", base: unet, filters: [4] },
    levels: 1,
  },
  {
    what: "the report's network in bf16",
    model: { type: "resUnet", filters: [16, 16], anisotropicLevels: 1 },
    patchVox: [4, 32, 32],
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
  Deno.env.set("CLEFT_XLA_FLAGS", "xla_backend_optimization_level=0");
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
        Promise.resolve({ batch: batchOf(index++, patchVox), waitMs: 0 }),
    },
  });
  return events.map(({ loss }) => loss);
}

/** Two samples of noise in which bright voxels are clefts. */
function batchOf(index: number, patchVox: Zyx): Batch {
  const voxels = 2 * sizeOf(patchVox), rng = openRng(7).at("batch", index);
  const image = Float32Array.from({ length: voxels }, () => rng.normal());
  return {
    ...{ indices: [2 * index, 2 * index + 1], traces: [], heads: 1, image },
    shape: [2, ...patchVox, 1],
    target: Uint8Array.from(image, (value) => +(value > 1)),
    mask: new Uint8Array(voxels).fill(1),
    weight: new Float32Array(voxels).fill(1),
  };
}
