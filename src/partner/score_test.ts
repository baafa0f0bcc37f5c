import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import type { Zyx } from "@/core/mod.ts";
import { type PartnerPair, scorePartners } from "./score.ts";

function pair(preNm: Zyx, postNm: Zyx, segments: string): PartnerPair {
  const [pre, post] = segments.split("-").map(Number) as [number, number];
  return { preNm, postNm, preSegment: pre, postSegment: post };
}

const truth = [
  pair([40, 100, 100], [40, 100, 300], "1-2"),
  pair([80, 400, 400], [80, 400, 600], "3-4"),
  pair([120, 800, 800], [160, 800, 900], "5-6"),
];

Deno.test("scorePartners() gives what cremi_python gives", () => {
  // Worked out with the challenge's own code (aa6d211).
  const found = [
    pair([40, 110, 100], [40, 100, 320], "1-2"),
    pair([80, 400, 700], [80, 400, 900], "3-4"),
    pair([80, 420, 400], [80, 400, 640], "3-4"),
    pair([120, 800, 800], [160, 800, 900], "5-7"),
  ];
  deepStrictEqual(scorePartners(truth, found), {
    fScore: 4 / 7,
    precision: 0.5,
    recall: 2 / 3,
    falsePositives: 2,
    falseNegatives: 1,
    matches: [
      { found: 0, truth: 0, distanceNm: 15 },
      { found: 2, truth: 1, distanceNm: 30 },
    ],
  });
});

Deno.test("scorePartners() needs both sites near and in the same segments", () => {
  const [first] = truth as [PartnerPair];
  const away = (y: number): PartnerPair => ({
    ...first,
    postNm: [40, 100 + y, 300],
  });
  const found = (pair: PartnerPair) => scorePartners([first], [pair]).recall;
  deepStrictEqual(found(away(400)), 1);
  deepStrictEqual(found(away(401)), 0);
  deepStrictEqual(found({ ...first, preSegment: 9 }), 0);
  deepStrictEqual(found({ ...first, postSegment: 9 }), 0);
  deepStrictEqual(
    found({ ...first, preNm: first.postNm, postNm: first.preNm }),
    1, // 200 nm each; the order of the sites is told by the segments alone
  );
});

Deno.test("scorePartners() says nothing of what is not there", () => {
  deepStrictEqual(scorePartners([], []), {
    fScore: null,
    precision: null,
    recall: null,
    falsePositives: 0,
    falseNegatives: 0,
    matches: [],
  });
  deepStrictEqual(scorePartners(truth, []).precision, null);
  deepStrictEqual(scorePartners(truth, []).fScore, 0);
  deepStrictEqual(scorePartners([], truth).recall, null);
  deepStrictEqual(scorePartners([], truth).falsePositives, 3);
});

Deno.test("scorePartners() finds every pair in itself, in any order", () => {
  const near = fc.integer({ min: 0, max: 900 });
  const site = fc.tuple(near, near, near);
  const one = fc.record({
    preNm: site,
    postNm: site,
    preSegment: fc.nat(2),
    postSegment: fc.nat(2),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (all) => {
      const { fScore, matches } = scorePartners(all, all.toReversed());
      deepStrictEqual(fScore, 1);
      deepStrictEqual(
        matches.every(({ distanceNm }) => distanceNm === 0),
        true,
      );
    }),
  );
});
