import { deepStrictEqual, throws } from "node:assert/strict";
import * as z from "zod";
import { mapZyx, openRng, type Zyx } from "@/core/mod.ts";
import { assertEquals, makeSample } from "@test/helpers.ts";
import { type Augmentation, defineAugmentation } from "./_augmentation.ts";
import { assertRate } from "./_draws_testing.ts";
import { openChain } from "./chain.ts";

const shapeVox: Zyx = [2, 4, 4];

/** Adds a number to every grey, and wants so much context. */
const add = defineAugmentation({
  name: "add",
  summary: "Adds a number",
  options: { number: z.number(), margin: z.number() },
  create: ({ number, margin }): Augmentation<{ number: number; for: Zyx }> => ({
    check: ([depth]) =>
      depth > 4 ? `${depth} sections are too many` : undefined,
    draw: (shapeVox) => ({ number, for: shapeVox }),
    marginVox: () => [0, margin, margin],
    schema: (shapeVox) =>
      z.strictObject({
        number: z.number().max(9),
        for: z.tuple([z.int(), z.literal(shapeVox[1]), z.int()]),
      }),
    apply(sample, { number }) {
      const shapeVox = mapZyx((axis) =>
        sample.shapeVox[axis] - (axis === 0 ? 0 : 2 * margin)
      );
      const { image } = makeSample({ shapeVox, grey: () => sample.image[0]! });
      return {
        ...makeSample({ shapeVox }),
        image: image.map((g) => g + number),
      };
    },
  }),
});

/** A chain of them, of pairs of the number and the context, each with a chance. */
function chainOf(...steps: readonly (readonly [number, number, number?])[]) {
  return openChain(
    steps.map(([number, margin, p = 1]) => ({
      type: "add",
      number,
      margin,
      p,
    })),
    ({ number, margin }) =>
      add.create({ number: Number(number), margin: Number(margin) }),
  );
}

Deno.test("openChain() draws for the context that later ones want, and applies in order", () => {
  const chain = chainOf([1, 0], [2, 3], [4, 1]);
  const records = chain.draw(shapeVox, openRng(1));
  deepStrictEqual(
    records.map(({ parameters }) => parameters),
    [
      { number: 1, for: [2, 12, 12] },
      { number: 2, for: [2, 6, 6] },
      { number: 4, for: [2, 4, 4] },
    ],
  );
  deepStrictEqual(chain.marginVox!(shapeVox, records), [0, 4, 4]);
  const wide = makeSample({ shapeVox: [2, 12, 12], grey: () => 8 });
  const { image, shapeVox: after } = chain.apply(wide, records);
  deepStrictEqual(after, shapeVox);
  assertEquals(image.every((grey) => grey === 15), true);
});

Deno.test("openChain() applies each at its own chance, whatever the others do", () => {
  const chain = chainOf([1, 0, 0.25], [2, 1, 0.5], [4, 0, 1]);
  const drawn = Array.from(
    { length: 1500 },
    (_, i) =>
      chain.draw(shapeVox, openRng(2).at("sample", i))
        .map(({ parameters }) => parameters !== null),
  );
  [0.25, 0.5, 1].forEach((p, k) => assertRate(drawn.map((one) => one[k]!), p));
  assertRate(drawn.map(([a, b]) => a! && b!), 0.125);
});

Deno.test("openChain() leaves out what was not drawn, its context too", () => {
  const chain = chainOf([1, 2], [2, 1]);
  const records = [
    { type: "add", parameters: null },
    { type: "add", parameters: { number: 2, for: shapeVox } },
  ];
  deepStrictEqual(chain.marginVox!(shapeVox, records), [0, 1, 1]);
  const sample = makeSample({ shapeVox: [2, 6, 6], grey: () => 8 });
  assertEquals(chain.apply(sample, records).image[0], 10);
  assertEquals(sample.image[0], 8);
});

Deno.test("openChain() says which step cannot work on a patch", () => {
  assertEquals(
    chainOf([1, 0], [2, 0]).check!([5, 4, 4]),
    "add: 5 sections are too many",
  );
  assertEquals(chainOf([1, 0]).check!(shapeVox), undefined);
});

Deno.test("openChain() refuses records of other steps, and says where they do not fit", () => {
  const { schema } = chainOf([1, 0], [2, 3]);
  const faults = (records: unknown) =>
    schema(shapeVox).safeParse(records).error?.issues
      .map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
  const step = (height: number, number = 1) => ({
    type: "add",
    parameters: { number, for: [2, height, 4] },
  });
  deepStrictEqual(faults([step(10), step(4)]), []);
  deepStrictEqual(faults([null, step(4)].slice(1)), [
    ": it should have 2, one for each step",
  ]);
  deepStrictEqual(faults([step(10), { ...step(4), type: "grey" }]), [
    '1.type: it should be "add"',
  ]);
  // The first one changes a patch with the context that the second one wants.
  assertEquals(
    faults([step(4), step(4)])[0]!.startsWith("0.parameters.for.1"),
    true,
  );
  assertEquals(
    faults([step(10, 99), step(4)])[0]!.startsWith("0.parameters.number"),
    true,
  );
});

Deno.test("openChain() refuses a step that makes another shape than it says", () => {
  const wrong = openChain(
    [{ type: "add" }],
    () =>
      ({
        ...add.create({ number: 1, margin: 1 }),
        marginVox: (): Zyx => [0, 2, 2],
      }) as Augmentation,
  );
  const records = [{ type: "add", parameters: { number: 1, for: shapeVox } }];
  throws(
    () => wrong.apply(makeSample({ shapeVox: [2, 8, 8] }), records),
    /Augmentation "add" made \[2,6,6\] of \[2,8,8\]/,
  );
});

Deno.test("openChain() reads for each step that needs something, each with its own part", async () => {
  const reader = (name: string): Augmentation => ({
    ...add.create({ number: 0, margin: 0 }) as Augmentation,
    needs: {
      load: ({ where }) =>
        Promise.resolve({
          inputs: [{ path: `${name} at ${where}`, bytes: 1, sha256: "" }],
        }),
      with: ({ inputs }) =>
        add.create({
          number: inputs.length,
          margin: 0,
        }) as Augmentation,
    },
  });
  const plain = add.create({ number: 100, margin: 0 }) as Augmentation;
  const chain = openChain(
    ["a", "plain", "b"].map((type) => ({ type })),
    ({ type }) => type === "plain" ? plain : reader(type),
  );
  const resource = await chain.needs!.load({
    volumes: [],
    dataRoots: [],
    cacheFolder: "",
    where: "augment",
  });
  deepStrictEqual(resource.inputs.map(({ path }) => path), [
    "a at augment[0]",
    "b at augment[2]",
  ]);
  const ready = chain.needs!.with(resource);
  deepStrictEqual(
    ready.draw(shapeVox, openRng(1)).map(({ parameters }) =>
      (parameters as { number: number }).number
    ),
    [1, 100, 1],
  );
  assertEquals(chainOf([1, 0]).needs, undefined);
});
