import * as tf from "@tensorflow/tfjs-core";
import type { Loss, LossInput } from "@/loss/mod.ts";
import { assertSameBits, assertTensor, testOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import {
  differentiated,
  inOrder,
  makeInput,
  type Shape,
  shape,
  variants,
} from "./losses.ts";

const differentiate = (loss: Loss, input: Required<LossInput>) =>
  differentiated(loss)(inOrder(input)) as [tf.Scalar, tf.Tensor5D];

const valueOf = (loss: Loss, input: LossInput) => loss(input).dataSync()[0]!;

for (const { title, loss } of variants) {
  const property = (what: string, body: () => void) =>
    testOnEngines(`${title} ${what}`, () => void tf.tidy(body));

  property("has the gradient of finite differences", () => {
    const { logits, ...truth } = makeInput(loss);
    checkGradients(
      (z) => loss({ logits: z as tf.Tensor5D, ...truth }),
      [logits],
    );
  });

  property("does not see unlabelled voxels, to the bit", () => {
    const input = makeInput(loss);
    const [value, slope] = differentiate(loss, input);
    const unknown = tf.sub<tf.Tensor5D>(1, input.mask);
    const changed = differentiate(loss, {
      ...input,
      logits: tf.sub(input.logits, tf.mul(unknown, 3)),
      target: tf.add(input.target, tf.mul(unknown, .25)),
      weight: tf.add(input.weight, tf.mul(unknown, 5)),
      distanceNm: tf.sub(input.distanceNm, tf.mul(unknown, 70)),
    });
    assertSameBits(changed, [value, slope]);
    const there = tf.mul(slope, unknown).dataSync();
    assertEquals(there.every((v) => v === 0), true, "no gradient there");
    const here = tf.mul(slope, input.mask).dataSync();
    assertEquals(here.some((v) => v !== 0), true, "a gradient elsewhere");
  });

  property("does not mind the order of samples", () => {
    const input = makeInput(loss);
    const turned = inOrder(input).map((x) => tf.reverse(x, 0));
    const [value, slope] = differentiate(loss, input);
    const [again, turnedSlope] = differentiated(loss)(turned);
    const [expected] = value.dataSync();
    assertTensor(again!, [], [expected!], 1e-6 * Math.max(1, expected!));
    const { shape } = input.logits;
    assertTensor(tf.reverse(turnedSlope!, 0), shape, slope.dataSync(), 1e-6);
  });

  property("is least for a perfect prediction", () => {
    const input = makeInput(loss);
    const side = tf.sign(input.target.sub(loss.compares ? 0 : .5));
    const logits = loss.compares === "distances"
      ? tf.atanh(input.target)
      : tf.mul<tf.Tensor5D>(loss.compares ? input.target : side, 40);
    const least = valueOf(loss, { ...input, logits });
    if (loss.needs) {
      // all that is negative, and nothing else, of some distance
      const falling = tf.mul(tf.minimum(input.distanceNm, 0), input.mask);
      assertEquals(Math.sign(least), Math.sign(falling.sum().dataSync()[0]!));
    } else assertAlmostEquals(least, 0, 1e-6);
    for (const factor of [-40, -1, 1]) {
      const other = tf.mul<tf.Tensor5D>(input.logits, factor);
      const value = valueOf(loss, { ...input, logits: other });
      assertEquals(value > least, true, `${value} is above ${least}`);
    }
  });

  property("is defined for huge logits, and whatever the labels are", () => {
    const input = makeInput(loss);
    const kinds = [shape, input.logits.shape].map((shape) => {
      const none = tf.zeros<tf.Rank.R5>(shape);
      const all = tf.ones<tf.Rank.R5>(shape);
      const first = tf.concat(
        [all, none].map((x) => tf.slice(x, 0, [1, ...shape.slice(1)] as Shape)),
      ) as tf.Tensor5D;
      return { none, all, first };
    });
    const [known, said] = kinds as [typeof kinds[0], typeof kinds[0]];
    const sign = tf.sign<tf.Tensor5D>(input.logits);
    for (const size of [0, 1, 100, -100, 1000]) {
      const huge = tf.mul<tf.Tensor5D>(sign, size);
      const same = tf.fill<tf.Rank.R5>(input.logits.shape, size);
      for (const logits of [huge, same]) {
        for (const target of [input.target, ...Object.values(said)]) {
          for (const mask of [input.mask, ...Object.values(known)]) {
            const given = { ...input, logits, target, mask };
            const [value, slope] = differentiate(loss, given);
            const numbers = [...value.dataSync(), ...slope.dataSync()];
            assertEquals(numbers.every(Number.isFinite), true, `${numbers}`);
            if (mask !== known.none) continue;
            const flat = slope.dataSync().every((v) => v === 0);
            assertEquals(flat, true, "no gradient without labels");
          }
        }
      }
    }
  });

  testOnEngines(
    `${title} gives the same bits compiled`,
    (engine) =>
      tf.tidy(() => {
        const inputs = inOrder(makeInput(loss));
        using run = engine.compile("loss", differentiated(loss));
        const eager = differentiated(loss)(inputs);
        assertSameBits(run(inputs), eager);
        const opposite = inputs.with(0, tf.neg(inputs[0]!));
        assertSameBits(run(opposite), differentiated(loss)(opposite));
      }),
  );
}
