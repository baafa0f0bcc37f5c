import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { testOpOnEngines } from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";
import { gradients } from "./op/gradients.ts";
import { withGradient } from "./op/_with_gradient.ts";
import { inPart, partNow } from "./part.ts";

Deno.test("inPart() names what runs, the innermost, and only meanwhile", () => {
  const told = inPart("a layer", () => [
    partNow(),
    inPart("a term", partNow),
    inPart(null, partNow),
    partNow(),
  ]);
  assertEquals(told.join(), "a layer,a term,,a layer");
  throws(() =>
    inPart("a layer", () => {
      throw new Error("on the way");
    })
  );
  assertEquals(partNow(), null);
});

testOpOnEngines("gradients() says whose gradient it computes", () => {
  const told: (string | null)[] = [];
  /** The same numbers; says where it is asked for them, and for their gradient. */
  const watched = (x: tf.Tensor) =>
    withGradient([x], {
      forward: () => {
        told.push(partNow());
        return [tf.clone(x)];
      },
      backward: ([dy]) => {
        told.push(partNow());
        return [() => {
          told.push(partNow());
          return tf.clone(dy!);
        }];
      },
    })[0]!;
  inPart("the step", () =>
    gradients(
      ([x]) =>
        tf.sum(
          watched(inPart('layer "a"', () => watched(x!))),
        ) as tf.Scalar,
      [tf.tensor1d([1, 2])],
    ));
  assertEquals(
    told.join(),
    [
      ...['layer "a"', "the step"],
      ...["the gradient of the step", "the gradient of the step"],
      ...['the gradient of layer "a"', 'the gradient of layer "a"'],
    ].join(),
  );
});
