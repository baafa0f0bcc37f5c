import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { assertTensor, testOnEngines } from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";
import type { EngineName } from "../names.ts";
import type { PureFunction } from "../types.ts";
import type { VocabularyBackend } from "./backend.ts";

const both = { engines: ["tensorflow", "pjrt"] as EngineName[] };
const twice: PureFunction = ([x]) => [tf.mul(x!, 2)];

testOnEngines("compile() records anew for other shapes and types", (engine) => {
  let recordings = 0;
  using run = engine.compile("counted", ([x]) => {
    recordings++;
    return [tf.add(x!, x!)];
  });
  tf.tidy(() => {
    assertTensor(run([tf.tensor1d([1, 2])])[0]!, [2], [2, 4]);
    assertTensor(run([tf.tensor1d([3, 4])])[0]!, [2], [6, 8]);
    assertEquals(recordings, 1);
    assertTensor(run([tf.tensor2d([[1, 2]])])[0]!, [1, 2], [2, 4]);
    assertTensor(run([tf.tensor1d([1, 2], "int32")])[0]!, [2], [2, 4]);
    assertEquals(recordings, 3);
  });
}, both);

testOnEngines(
  "compile() takes inputs over, but not those that somebody else holds",
  (engine) => {
    using run = engine.compile("taking", ([x, y]) => [tf.add(x!, y!)], {
      takes: [0, 1],
    });
    const x = tf.tensor1d([1, 2]), y = tf.tensor1d([10, 20]);
    const held = tf.clone(y); // of the same memory
    const [sum] = run([x, y]);
    assertEquals(x.isDisposed && y.isDisposed, true, "taken");
    assertTensor(sum!, [2], [11, 22]);
    assertTensor(held, [2], [10, 20]);
    const [next] = run([sum!, held]);
    assertTensor(next!, [2], [21, 42]);
    next!.dispose();
  },
  both,
);

testOnEngines(
  "compile() prepares once, however many wait, and leaves inputs alone",
  async (engine) => {
    let recordings = 0;
    using run = engine.compile("prepared", ([x]) => {
      recordings++;
      return [tf.square(x!)];
    }, { takes: [0] });
    const x = tf.tensor1d([3]);
    await Promise.all([run.prepare([x]), run.prepare([x])]);
    assertEquals(recordings, 1);
    assertTensor(x, [1], [3]);
    const [y] = run([x]);
    assertEquals(recordings, 1);
    assertTensor(y!, [1], [9]);
    y!.dispose();
  },
  both,
);

testOnEngines(
  "compile() inside a compiled function becomes part of it",
  (engine) => {
    using inner = engine.compile("inner", twice);
    using outer = engine.compile("outer", ([x]) => inner(inner([x!])));
    tf.tidy(() => assertTensor(outer([tf.tensor1d([3])])[0]!, [1], [12]));
  },
  both,
);

testOnEngines(
  "compile() refuses captures, values and random numbers of the host",
  (engine) => {
    tf.tidy(() => {
      const captured = tf.add(tf.tensor1d([1]), 1);
      using capture = engine.compile(
        "capture",
        ([x]) => [tf.mul(x!, captured)],
      );
      throws(
        () => capture([tf.tensor1d([2])]),
        /^TypeError: Cannot compile "capture"/,
      );
      using reader = engine.compile("reader", ([x]) => [
        tf.scalar(x!.dataSync()[0]!),
      ]);
      throws(
        () => reader([tf.tensor1d([2])]),
        /^TypeError: Cannot read a value inside "reader"/,
      );
      using noisy = engine.compile("noisy", ([x]) => [
        tf.add(x!, tf.randomUniform([1])),
      ]);
      throws(
        () => noisy([tf.tensor1d([2])]),
        /^TypeError: Cannot draw random numbers/,
      );
    });
  },
  both,
);

testOnEngines("compile() holds nothing after many calls", (engine) => {
  const { binding } = tf.backend() as VocabularyBackend;
  using run = engine.compile(
    "step",
    ([x]) => [tf.mul(tf.add(x!, 1), 0.5)],
    { takes: [0] },
  );
  let [x] = run([tf.tensor1d([1, 2, 3])]);
  const held = binding.getNumOfTensors();
  for (let i = 0; i < 300; i++) [x] = run([x!]);
  assertEquals(binding.getNumOfTensors(), held, "tensors of the engine");
  x!.dispose();
}, both);
