import { deepStrictEqual } from "node:assert/strict";
import { annotationsOf } from "./annotations_of.ts";

Deno.test("annotationsOf() counts places from the offset, and points from 1", () => {
  const pairs = [
    { preNm: [50, 8, 9], postNm: [60, 10, 10] },
    { preNm: [0, 0, 0], postNm: [40, 4, 5] },
  ] as const;
  const [pre, post] = ["presynaptic_site", "postsynaptic_site"];
  deepStrictEqual(annotationsOf(pairs, [40, 4, 5]), {
    offsetNm: [40, 4, 5],
    points: [
      { id: 1n, type: pre, locationNm: [10, 4, 4] },
      { id: 2n, type: post, locationNm: [20, 6, 5] },
      { id: 3n, type: pre, locationNm: [-40, -4, -5] },
      { id: 4n, type: post, locationNm: [0, 0, 0] },
    ],
    partners: [{ pre: 1n, post: 2n }, { pre: 3n, post: 4n }],
    comments: [],
  });
});
