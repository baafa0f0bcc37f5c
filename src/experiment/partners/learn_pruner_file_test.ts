import { deepStrictEqual } from "node:assert/strict";
import type { PartnerPair } from "@/partner/mod.ts";
import { fScoreOf } from "./learn_pruner_file.ts";

Deno.test("fScoreOf() counts matches over all volumes", () => {
  const pair = (y: number): PartnerPair => ({
    ...{ preNm: [0, y, 0], postNm: [0, y, 80], preSegment: 1, postSegment: 2 },
  });
  const [a, b, c, d] = [0, 1000, 2000, 3000].map(pair);
  const volumes = [
    { all: [a!, b!], truth: [pair(0)] },
    { all: [c!, d!], truth: [pair(2000), pair(3000)] },
  ];
  // 2 matches; 3 true and 3 found
  deepStrictEqual(fScoreOf(volumes, new Set([a!, b!, c!])), 2 * 2 / 6);
  deepStrictEqual(fScoreOf(volumes, new Set([a!, c!, d!])), 1);
  deepStrictEqual(fScoreOf(volumes, new Set()), 0);
});
