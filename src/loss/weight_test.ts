import { deepStrictEqual, throws } from "node:assert";
import { losses } from "./catalog.ts";
import { factorAt, lossTerms } from "./mix.ts";

const parse = (weight: unknown) =>
  losses.schema.parse({ type: "dice", weight });

Deno.test("factorAt() follows a course between two shares of the training, evenly or by a cosine", () => {
  const course = { from: 1, to: .2, over: [.2, .6] };
  const factors = (weight: unknown, scale = 1) => {
    const [term] = lossTerms({ terms: [] }, [
      { name: "near", loss: { weight: scale, terms: [parse(weight)] } },
    ]);
    return [0, .2, .3, .4, .6, 1]
      .map((done) => Number(factorAt(term!, done).toFixed(6)));
  };
  deepStrictEqual(factors(course), [1, 1, .8, .6, .2, .2]);
  deepStrictEqual(factors(course, 3), [3, 3, 2.4, 1.8, .6, .6]);
  // (1 - cos(π / 4)) / 2 of the way after a quarter of it
  deepStrictEqual(
    factors({ ...course, shape: "cosine" }),
    [1, 1, .882843, .6, .2, .2],
  );
  deepStrictEqual(factors(.5, 2), [1, 1, 1, 1, 1, 1]);
});

Deno.test("a weight is a number above 0 or a course whose shares rise", () => {
  deepStrictEqual(parse({ to: 0 }).weight, {
    from: 1,
    to: 0,
    over: [0, 1],
    shape: "linear",
  });
  const wrong = [0, -1, "1", { too: 1 }, { over: [.5, .5] }, { over: [0, 2] }];
  for (const weight of wrong) throws(() => parse(weight));
});
