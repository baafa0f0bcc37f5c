import { deepStrictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { testOnEngines } from "@test/engines.ts";
import { formOf, one, only, placesOf, several } from "./form.ts";

/** A form with something of each kind. */
const form = (hasMean: boolean) =>
  formOf<{
    first: tf.Tensor;
    slots: readonly tf.Tensor[];
    mean: { weights: tf.Tensor; slots: readonly tf.Tensor[] } | null;
    last: tf.Tensor;
  }>({
    first: one(),
    slots: several(2),
    mean: only(hasMean, formOf({ weights: one(), slots: several(1) })),
    last: one(),
  });

Deno.test("formOf() names each tensor by its path, in the order of the keys", () => {
  deepStrictEqual(form(true).paths, [
    "first",
    "slots.0",
    "slots.1",
    "mean.weights",
    "mean.slots.0",
    "last",
  ]);
  deepStrictEqual(form(false).paths, ["first", "slots.0", "slots.1", "last"]);
});

Deno.test("placesOf() gives the places of a path and of all below it, and of no neighbour", () => {
  deepStrictEqual(placesOf(form(true), "slots"), [1, 2]);
  deepStrictEqual(placesOf(form(true), "mean"), [3, 4]);
  deepStrictEqual(placesOf(form(true), "last"), [5]);
  deepStrictEqual(placesOf(form(true), "slot"), []);
});

testOnEngines("formOf() unpacks what it packed", () => {
  tf.tidy(() => {
    const [a, b, c, d, e, f] = Array.from(
      { length: 6 },
      (_, i) => tf.scalar(i),
    );
    for (const mean of [null, { weights: d!, slots: [e!] }]) {
      const named = { first: a!, slots: [b!, c!], mean, last: f! };
      const { pack, unpack } = form(mean !== null);
      const list = pack(named);
      deepStrictEqual(
        list.map((tensor) => tensor.id),
        [a, b, c, ...(mean ? [d, e] : []), f].map((tensor) => tensor!.id),
      );
      const again = unpack(list);
      deepStrictEqual(
        pack(again).map(({ id }) => id),
        list.map(({ id }) => id),
      );
      deepStrictEqual(again.mean === null, mean === null);
    }
  });
});

testOnEngines("formOf() refuses lists and values of another form", () => {
  tf.tidy(() => {
    const x = tf.scalar(1);
    const named = { first: x, slots: [x, x], mean: null, last: x };
    throws(() => form(false).unpack([x, x, x]), RangeError);
    throws(() => form(false).unpack([x, x, x, x, x]), RangeError);
    throws(() => form(false).pack({ ...named, slots: [x] }), /slots/);
    throws(() => form(true).pack(named), RangeError);
    const mean = { weights: x, slots: [x] };
    throws(() => form(false).pack({ ...named, mean }), RangeError);
  });
});
