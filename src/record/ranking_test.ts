import { deepStrictEqual } from "node:assert/strict";
import { commonRanking } from "./ranking.ts";

Deno.test("commonRanking() takes what most runs are ranked by, else the first", () => {
  const dice = { name: "dice", better: "higher" } as const;
  const score = { name: "score", better: "lower" } as const;
  const of = (...rankings: (typeof dice | typeof score)[]) =>
    commonRanking(rankings.map((ranking) => ({ ranking })));
  deepStrictEqual(of(score, dice, dice), dice);
  deepStrictEqual(of(score, dice), score);
  deepStrictEqual(of(), { name: "ap", better: "higher" });
});
