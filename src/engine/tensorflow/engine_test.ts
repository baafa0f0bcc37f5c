import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import {
  assertSameBits,
  assertTensor,
  closeForTests,
  engineForTests,
  normalTensor,
} from "@test/engines.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { openEngine } from "../open.ts";
import { batchNorm } from "../op/batch_norm.ts";
import { conv3d } from "../op/conv3d.ts";
import { gradients } from "../op/gradients.ts";
import { maxPool3d } from "../op/max_pool3d.ts";
import { upsample3d } from "../op/upsample3d.ts";
import { isNativeReady } from "../status.ts";
import type { Precision } from "../names.ts";
import type { Engine, PureFunction } from "../types.ts";
import type { VocabularyBackend } from "../vocabulary/backend.ts";

/** Registers a test on the native engine that fails on a tensor that outlives it. */
function testNative(name: string, body: (engine: Engine) => void): void {
  Deno.test({
    name: isNativeReady() ? name : `${name} (tensorflow: not set up)`,
    ignore: !isNativeReady(),
    fn: async () => {
      const engine = await engineForTests("tensorflow");
      const before = tf.memory().numTensors;
      body(engine);
      assertEquals(tf.memory().numTensors, before, "live tensors");
    },
  });
}

const twice: PureFunction = ([x]) => [tf.mul(x!, 2)];

testNative("compile() runs a function again for other values", (engine) => {
  using run = engine.compile("twice", twice);
  tf.tidy(() => {
    assertTensor(run([tf.tensor1d([1, 2])])[0]!, [2], [2, 4]);
    assertTensor(run([tf.tensor1d([5, 6])])[0]!, [2], [10, 12]);
  });
});

testNative("compile() records anew for other shapes and types", (engine) => {
  let recordings = 0;
  using run = engine.compile("counted", ([x]) => {
    recordings++;
    return [tf.add(x!, x!)];
  });
  tf.tidy(() => {
    run([tf.tensor1d([1, 2])]);
    run([tf.tensor1d([3, 4])]);
    assertEquals(recordings, 1);
    assertTensor(run([tf.tensor1d([1, 2, 3])])[0]!, [3], [2, 4, 6]);
    assertTensor(run([tf.tensor2d([[1, 2]])])[0]!, [1, 2], [2, 4]);
    assertTensor(run([tf.tensor1d([1, 2], "int32")])[0]!, [2], [2, 4]);
    assertEquals(recordings, 4);
    run([tf.tensor1d([7, 8])]);
    assertEquals(recordings, 4);
  });
});

testNative(
  "compile() gives new tensors even where inputs come out",
  (engine) => {
    using run = engine.compile("echo", ([x]) => {
      const y = tf.add(x!, 1);
      return [x!, y, y];
    });
    const x = tf.tensor1d([1]);
    const [echo, y, again] = run([x]);
    tf.dispose([x, y!]);
    assertTensor(echo!, [1], [1]);
    assertTensor(again!, [1], [2]);
    tf.dispose([echo!, again!]);
  },
);

testNative(
  "compile() inside a compiled function becomes part of it",
  (engine) => {
    using inner = engine.compile("inner", twice);
    using outer = engine.compile("outer", ([x]) => inner(inner([x!])));
    tf.tidy(() => {
      assertTensor(outer([tf.tensor1d([3])])[0]!, [1], [12]);
    });
  },
);

testNative("compile() refuses a tensor that is not an input", (engine) => {
  const captures: Record<string, () => tf.Tensor> = {
    "computed before": () => tf.add(tf.tensor1d([1]), 1),
    "not uploaded yet": () => tf.tensor1d([1]),
    "a variable": () => tf.variable(tf.tensor1d([1])),
  };
  for (const [what, make] of Object.entries(captures)) {
    tf.tidy(() => {
      const captured = make();
      using run = engine.compile(what, ([x]) => [tf.mul(x!, captured)]);
      throws(() => run([tf.tensor1d([2])]), {
        name: "TypeError",
        message: `Cannot compile "${what}": it uses a tensor that is not one` +
          " of its inputs, whose value would be frozen. Pass the tensor as an" +
          " input",
      });
      assertTensor(captured.clone(), [1], captured.dataSync());
      captured.dispose();
    });
  }
});

testNative("compile() refuses to read a value", (engine) => {
  using run = engine.compile("curious", ([x]) => {
    return [tf.scalar(tf.sum(x!).dataSync()[0]!)];
  });
  tf.tidy(() => {
    throws(
      () => run([tf.tensor1d([2])]),
      /^TypeError: Cannot read a value inside "curious"/,
    );
  });
});

testNative("compile() refuses random numbers of the host", (engine) => {
  using run = engine.compile("noisy", ([x]) => [
    tf.add(x!, tf.randomUniform([1])),
  ]);
  tf.tidy(() => {
    throws(
      () => run([tf.tensor1d([2])]),
      /^TypeError: Cannot draw random numbers inside "noisy"/,
    );
  });
});

testNative("compile() recovers from a function that throws", (engine) => {
  let isBroken = true;
  using run = engine.compile("late", ([x]) => {
    const y = tf.add(x!, 1);
    if (isBroken) throw new RangeError("not yet");
    return [y];
  });
  tf.tidy(() => {
    throws(() => run([tf.tensor1d([1])]), RangeError);
    isBroken = false;
    assertTensor(run([tf.tensor1d([1])])[0]!, [1], [2]);
  });
});

testNative("compile() holds nothing after a thousand calls", (engine) => {
  const { binding } = tf.backend() as VocabularyBackend;
  using run = engine.compile("step", ([x]) => [tf.mul(tf.add(x!, 1), 0.5)]);
  const start = tf.tensor1d([1, 2, 3]);
  let [x] = run([start]);
  const handles = binding.getNumOfTensors();
  for (let i = 0; i < 1000; i++) {
    const [next] = run([x!]);
    x!.dispose();
    x = next;
  }
  assertEquals(binding.getNumOfTensors(), handles, "tensors of the library");
  tf.dispose([start, x!]);
});

/** One step of a network with every kind of operation, 5 times over. */
function trainTiny(engine: Engine): tf.Tensor[] {
  const step: PureFunction = ([x, ...weights]) => {
    const { grads } = gradients(([enter, deep, leave, gamma, beta]) => {
      const wide = tf.elu(
        batchNorm(
          conv3d(x as tf.Tensor5D, enter as tf.Tensor5D),
          gamma as tf.Tensor1D,
          beta as tf.Tensor1D,
          { epsilon: 1e-5 },
        ).y,
      ); // [2, 4, 16, 16, 8]
      const small = conv3d(maxPool3d(wide, [2, 2, 2]), deep as tf.Tensor5D);
      const y = conv3d(
        tf.add(wide, upsample3d(small, [2, 2, 2], "trilinear")),
        leave as tf.Tensor5D,
      ); // [2, 4, 16, 16, 1]
      return tf.mean(tf.square(tf.sub(y, x!)));
    }, weights);
    return weights.map((w, i) => tf.sub(w, tf.mul(grads[i]!, 0.01)));
  };
  using run = engine.compile("tiny step", step);
  const x = normalTensor<tf.Rank.R5>([2, 4, 16, 16, 1], 1);
  let weights: tf.Tensor[] = [
    ...[[3, 3, 3, 1, 8], [1, 3, 3, 8, 8], [1, 1, 1, 8, 1]].map((shape, i) =>
      tf.tidy(() => tf.mul(normalTensor(shape, i + 2), 0.2))
    ),
    tf.ones([8]),
    tf.zeros([8]),
  ];
  for (let i = 0; i < 5; i++) {
    const next = run([x, ...weights]);
    tf.dispose(weights);
    weights = next;
  }
  x.dispose();
  return weights;
}

/** The weights of {@linkcode trainTiny} on an engine opened for it. */
async function weightsOf(
  options: { precision: Precision; eager: boolean; threads?: number },
): Promise<number[]> {
  using engine = await openEngine({
    engine: "tensorflow",
    threads: 2,
    ...options,
    notify: () => {},
  });
  const weights = trainTiny(engine);
  const numbers = weights.flatMap((w) => [...w.dataSync()]);
  tf.dispose(weights);
  assertEquals(numbers.every(Number.isFinite), true, "finite");
  return numbers;
}

testNative("compile() gives the same weights again", (engine) => {
  const first = trainTiny(engine), second = trainTiny(engine);
  assertSameBits(first, second);
  tf.dispose([...first, ...second]);
});

Deno.test({
  name:
    "openEngine() gives the same bits eager and compiled, in both precisions",
  ignore: !isNativeReady(),
  fn: async () => {
    closeForTests("tensorflow");
    const full = await weightsOf({ precision: "fp32", eager: false });
    const half = await weightsOf({ precision: "bf16", eager: false });
    assertSameNumbers(
      await weightsOf({ precision: "fp32", eager: true }),
      full,
      "fp32",
    );
    assertSameNumbers(
      await weightsOf({ precision: "bf16", eager: true }),
      half,
      "bf16",
    );
    const distance = Math.hypot(...full.map((v, i) => v - half[i]!));
    const share = distance / Math.hypot(...full);
    if (!(share > 1e-6 && share < 0.05)) {
      throw new Error(`bf16 differs from fp32 by a share of ${share}`);
    }
  },
});
