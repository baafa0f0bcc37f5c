import * as tf from "@tensorflow/tfjs-core";
import { type Engine, openEngine, type Precision } from "@/engine/mod.ts";
import { assertEquals } from "@test/helpers.ts";

/**
 * Why there is no card to test on; null if there is one. Tests need
 * `CLEFT_PJRT_PLUGIN` to name its plugin; with `CLEFT_TEST_GPU=any` they take
 * the processor's too, which tests the tests.
 */
async function reasonAgainst(): Promise<string | null> {
  if (!Deno.env.get("CLEFT_PJRT_PLUGIN")) return "no CLEFT_PJRT_PLUGIN";
  if (Deno.env.get("CLEFT_TEST_GPU") === "any") return null;
  using engine = await openOnCard("fp32");
  return engine.facts.gpu === null ? "its plugin is for processors" : null;
}

/** Opens the engine of the card. */
export function openOnCard(precision: Precision): Promise<Engine> {
  return openEngine({
    engine: "pjrt",
    threads: 2,
    precision,
    eager: false,
    notify: () => {},
  });
}

const reason = await reasonAgainst();

/** Registers a test that needs a card; it is left out, with a word, where there is none. */
export function testOnCard(name: string, body: () => Promise<void>): void {
  Deno.test({
    name: reason === null ? name : `${name} (gpu: ${reason})`,
    ignore: reason !== null,
    fn: body,
  });
}

/** The same, with the engine open; it fails when a tensor is left over. */
export function testWithCard(
  { name, precision }: { readonly name: string; readonly precision: Precision },
  body: (engine: Engine) => void | Promise<void>,
): void {
  testOnCard(name, async () => {
    using engine = await openOnCard(precision);
    const tensors = tf.memory().numTensors;
    await body(engine);
    assertEquals(tf.memory().numTensors, tensors, "live tensors");
  });
}
