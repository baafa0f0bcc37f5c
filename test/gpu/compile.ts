/**
 * Compiles for H100s, which need not be here, what a card would compute of the
 * experiments that ship: their training steps, with the flags that they have
 * there. Ends with 1 where XLA refuses one, or does a convolution otherwise than
 * by cuDNN. It times no kernels, so that speed is not told. A step takes half a
 * minute of several cores.
 *
 *     deno run -A test/gpu/compile.ts [--fetch] [--only WORDS] [--precision NAME]…
 *         [--devices N]
 *
 * `--fetch` downloads what `setup --gpu` would where there is a driver.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { canonicalJson, channelsOfAll } from "@/core/mod.ts";
import { type Precision, precisionNames } from "@/engine/mod.ts";
import { pjrtCuda13 } from "@/engine/pjrt/builds.ts";
import { Client, type CompileOptions, loadPlugin } from "@/engine/pjrt/mod.ts";
import { install } from "@/engine/setup/install.ts";
import { openClient } from "@/engine/xla/engine.ts";
import type { Spec } from "@/experiment/mod.ts";
import {
  buildTraining,
  firstState,
  patchOf,
} from "@/experiment/run/training.ts";
import { needsDistance } from "@/loss/mod.ts";
import { trainTiny } from "@/train/_testing.ts";
import { CardCompiler, cudaPluginPath } from "@test/cuda.ts";
import { shippedExperiments } from "@test/experiments.ts";
import { noiseBatch } from "@test/noise.ts";
import { cpuPluginPath } from "@test/pjrt.ts";

const { values: args } = parseArgs({
  options: {
    fetch: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    devices: { type: "string", default: "1" },
    precision: {
      type: "string",
      multiple: true,
      default: [...precisionNames],
    },
  },
});
if (args.fetch) await install(pjrtCuda13, { notify: console.error });
const cardPath = cudaPluginPath(), posingPath = cpuPluginPath();
if (cardPath === null || posingPath === null) {
  console.error("XLA is missing: --fetch, and deno task setup --plugin cpu");
  Deno.exit(2);
}
const devices = Number(args.devices);
const compiler = new CardCompiler(cardPath, { devices });

/** A program that an engine was about to compile. */
class Captured extends Error {
  constructor(readonly text: string, readonly options: CompileOptions) {
    super("It is for a card");
  }
}

/** The processor's plugin, which poses as a card's and gives away its programs. */
class PosingClient extends Client {
  override readonly platform: string = "cuda";

  override compile(text: string, options: CompileOptions): never {
    throw new Captured(text, options);
  }

  override compileNow(text: string, options: CompileOptions): never {
    throw new Captured(text, options);
  }
}

/** The training step of an experiment, as a card would be given it. */
async function stepOf(spec: Spec): Promise<Captured> {
  const pluginPath = posingPath!, plugin = loadPlugin(pluginPath);
  using engine = await openClient(new PosingClient(plugin), plugin, {
    ...{ pluginPath, eager: false, store: undefined, notices: [] },
    ...{ precision: spec.train.precision, devices },
    notify: () => {},
  });
  const training = buildTraining(spec), { targets, terms } = training;
  const batch = noiseBatch(0, {
    patchVox: patchOf(spec),
    heads: targets.length,
    channels: channelsOfAll(targets),
    hasDistances: needsDistance(terms),
  });
  try {
    await trainTiny(engine, {
      ...training,
      steps: 1,
      start: firstState(training, spec.seed),
      batches: { next: () => Promise.resolve({ batch, waitMs: 0 }) },
    });
  } catch (error) {
    if (error instanceof Captured) return error;
    throw error;
  }
  throw new Error("It compiled nothing");
}

let isFine = true;
const seen = new Set<string>();
for (const { name, spec: shipped } of shippedExperiments()) {
  if (!name.includes(args.only)) continue;
  for (const precision of args.precision as Precision[]) {
    const spec = { ...shipped, train: { ...shipped.train, precision } };
    const { text, options } = await stepOf(spec);
    const key = canonicalJson({ text, flags: options.flags ?? {} });
    if (seen.has(key)) continue;
    seen.add(key);
    try {
      const { peakBytes, byCudnn, others } = compiler.compile(text, options);
      isFine &&= others === 0;
      console.log(
        `${others === 0 ? "ok  " : "FAIL"} ${name} ${precision}:` +
          ` ${Math.round(peakBytes / 2 ** 20)} MiB, ${byCudnn} convolutions` +
          (others === 0 ? "" : `, and ${others} not by cuDNN`),
      );
    } catch (error) {
      isFine = false;
      const said = (error as Error).message.slice(0, 300);
      console.log(`FAIL ${name} ${precision}: ${said}`);
    }
  }
}
Deno.exit(isFine ? 0 : 1);
