import { match, ok } from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { selfTest } from "@/engine/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { openOnCard, testOnCard, testWithCard } from "./_card.ts";

testOnCard("the engine of a card tells card, driver and memory", async () => {
  using engine = await openOnCard("bf16");
  const { facts } = engine, usage = engine.usage();
  console.log(facts.gpu, facts.versions, usage);
  assertEquals(facts.engine, "pjrt");
  assertEquals(facts.precision, "bf16");
  match(facts.versions.pjrt!, /^0\.\d+$/);
  if (facts.gpu === null) return; // the processor's plugin
  if (/NVIDIA/.test(facts.gpu)) match(facts.versions.driver!, /^\d+\.\d+/);
  ok(usage!.limitBytes! > 2 ** 30);
  ok(usage!.inUseBytes < 2 ** 30);
});

testOnCard("the engine of a card passes the self-test", async () => {
  using engine = await openOnCard("fp32");
  const { isPassed, gradientError, isRepeated, ms } = selfTest(engine);
  console.log({ gradientError, ms });
  ok(isPassed && isRepeated && gradientError < 5e-3);
});

testWithCard({
  name: "what a card has no memory for names what it needs",
  precision: "fp32",
}, (engine) => {
  if (engine.usage()?.limitBytes == null) return; // the processor's plugin
  const shape = [2 ** 17, 2 ** 10, 2 ** 10]; // 512 GiB
  using large = engine.compile(
    "too large a function",
    ([x]) => [tf.tile(tf.reshape(x!, [1, 1, 1]), shape)],
  );
  using small = engine.compile("a small one", ([x]) => [tf.add(x!, 1)]);
  const x = tf.scalar(2);
  try {
    assertThrowsMemory(() => large([x]));
    const [y] = small([x]);
    assertEquals(y!.dataSync()[0], 3);
    y!.dispose();
  } finally {
    x.dispose();
  }
});

function assertThrowsMemory(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    match(`${error}`, /Cannot run too large a function: .*512\.0 GiB|memory/);
    return;
  }
  throw new Error("It fitted");
}
