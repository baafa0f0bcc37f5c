import * as tf from "@tensorflow/tfjs-core";
import {
  type Engine,
  type EngineName,
  engineNames,
  type EngineRequest,
  isNativeReady,
  openEngine,
} from "@/engine/mod.ts";
import { assertEquals, assertSameNumbers } from "./helpers.ts";
import { cpuPluginPath } from "./pjrt.ts";
import { compileQuickly } from "./quick_flags.ts";

const opened = new Map<EngineName, Engine>();

/** What was compiled for tests that share a process, by what it was made of. */
const programs = new Map<string, Uint8Array>();

/** Opens an engine once for all tests that share a process; two threads. */
export async function engineForTests(
  engine: EngineName,
): Promise<Engine> {
  let found = opened.get(engine);
  if (!found) {
    // Every operation is a program here: compiled quickly rather than well.
    compileQuickly();
    const request: EngineRequest = {
      engine,
      threads: 2,
      precision: "fp32",
      eager: false,
      store: {
        find: (key) => programs.get(key) ?? null,
        keep: (key, bytes) => void programs.set(key, bytes),
      },
      notify: () => {},
    };
    opened.set(engine, found = await openEngine(request));
  }
  found.use();
  return found;
}

/** Closes an engine that is shared, before a test opens another one of its kind. */
export function closeForTests(engine: EngineName): void {
  opened.get(engine)?.[Symbol.dispose]();
  opened.delete(engine);
}

/** Whether an engine can be opened here without a download. */
function isReady(engine: EngineName): boolean {
  if (engine === "embedded") return true;
  return engine === "tensorflow" ? isNativeReady() : cpuPluginPath() !== null;
}

/**
 * Registers a test on engines: `embedded` always; `tensorflow` where it is set
 * up, and if asked for `pjrt`, on the processor's plugin, which `deno task test`
 * sees to. Each fails on a tensor that outlives it.
 */
export function testOnEngines(
  name: string,
  body: (engine: Engine) => void | Promise<void>,
  { engines = enginesAtOnce }: {
    readonly engines?: readonly EngineName[];
  } = {},
): void {
  for (const kind of engines) {
    const ready = isReady(kind);
    Deno.test({
      name: ready ? `${name} (${kind})` : `${name} (${kind}: not set up)`,
      ignore: !ready,
      fn: async () => {
        const engine = await engineForTests(kind);
        const before = tf.memory().numTensors;
        await body(engine);
        assertEquals(tf.memory().numTensors, before, "live tensors");
      },
    });
  }
}

/** A tensor of fixed, normally distributed numbers. */
export function normalTensor<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  seed = 1,
): tf.Tensor<R> {
  return tf.randomNormal<R>(shape, 0, 1, "float32", seed);
}

/** Registers a test of tensor arithmetic on every engine; only kept tensors can leak. */
export function testOpOnEngines(
  name: string,
  body: (engine: Engine) => void,
  { engines = engineNames }: { readonly engines?: readonly EngineName[] } = {},
): void {
  testOnEngines(name, (engine) => void tf.tidy(() => body(engine)), {
    engines,
  });
}

/**
 * Those that need no program for each operation of each shape: for networks,
 * whose operations have tests on every engine, and which `test/contract/` trains
 * on the plugin.
 */
export const enginesAtOnce: readonly EngineName[] = ["embedded", "tensorflow"];

/** Fails unless a tensor has a shape and, each within `tolerance`, these numbers. */
export function assertTensor(
  tensor: tf.Tensor,
  shape: readonly number[],
  numbers: ArrayLike<number>,
  tolerance = 1e-5,
): void {
  assertEquals(`${tensor.shape}`, `${shape}`, "shape");
  const found = tensor.dataSync();
  assertEquals(found.length, numbers.length, "numbers");
  found.forEach((value, i) => {
    if (!(Math.abs(value - numbers[i]!) <= tolerance)) {
      throw new Error(
        `Number ${i} is ${value}, it should be ${numbers[i]}; all: [${found}]`,
      );
    }
  });
}

/** Fails unless two lists of tensors agree to the bit. */
export function assertSameBits(
  a: readonly tf.Tensor[],
  b: readonly tf.Tensor[],
): void {
  assertEquals(a.length, b.length, "tensors");
  a.forEach((tensor, i) => {
    assertSameNumbers(tensor.dataSync(), b[i]!.dataSync(), `tensor ${i}`);
  });
}
