import { deepStrictEqual } from "node:assert/strict";
import { three } from "./_testing.ts";
import { ascend, type RungReached } from "./ascend.ts";

/** Goes up, where the last trials are the best; what was brought, said and chosen. */
async function climbed(isComplete: (number: number) => boolean, measured = 3) {
  const brought: string[] = [], said: string[] = [];
  const names = (of: typeof three.variants) =>
    of.map(({ values }) => values["trial"]).join();
  const best = await ascend(three, {
    ladder: {
      best: (_, standings, count) =>
        standings.slice(0, measured).toReversed().slice(0, count)
          .map(({ variant }) => variant),
    },
    bring({ number, trials }): Promise<RungReached> {
      brought.push(`${number}: ${names(trials)}`);
      return Promise.resolve({
        standings: trials.map((variant) => ({
          ...{ variant, run: null, isTrained: false },
        })),
        isComplete: isComplete(number),
      });
    },
    print: (line) => said.push(line),
  });
  return { brought, said, best: best && names([best]) };
}

Deno.test("ascend() brings the best of each rung to the next", async () => {
  deepStrictEqual(await climbed(() => true), {
    brought: ["1: 1,2,3", "2: 3"],
    said: [
      "\nAfter 4 samples, trial 3 goes on",
      "\nThe best by validation is trial=3",
    ],
    best: "3",
  });
});

Deno.test("ascend() knows no best before a rung is complete, nor where none was measured", async () => {
  const open = await climbed((number) => number < 2);
  deepStrictEqual(
    [open.brought.length, open.said.length, open.best],
    [2, 1, undefined],
  );
  deepStrictEqual(await climbed(() => true, 0), {
    ...{ brought: ["1: 1,2,3"], best: null },
    said: ["\nNo trial was measured, so that none is the best"],
  });
});
