import * as tf from "@tensorflow/tfjs-core";
import {
  type Engine,
  type EngineRequest,
  isNativeReady,
  openEngine,
} from "@/engine/mod.ts";
import { assertEquals } from "./helpers.ts";

const opened = new Map<string, Engine>();

/** Opens an engine once for all tests of a file; two threads. */
export async function engineForTests(
  engine: "tensorflow" | "embedded",
): Promise<Engine> {
  let found = opened.get(engine);
  if (!found) {
    const request: EngineRequest = {
      engine,
      threads: 2,
      precision: "fp32",
      eager: false,
      notify: () => {},
    };
    opened.set(engine, found = await openEngine(request));
  }
  found.use();
  return found;
}

/**
 * Registers a test on each engine: `embedded` always, `tensorflow` where the
 * library is set up, which `deno task test` sees to. Each fails on a tensor
 * that outlives it.
 */
export function testOnEngines(
  name: string,
  body: (engine: Engine) => void | Promise<void>,
): void {
  for (const kind of ["embedded", "tensorflow"] as const) {
    const isReady = kind === "embedded" || isNativeReady();
    Deno.test({
      name: isReady ? `${name} (${kind})` : `${name} (${kind}: not set up)`,
      ignore: !isReady,
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
