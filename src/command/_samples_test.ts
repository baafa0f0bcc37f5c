import { deepStrictEqual, match, ok, throws } from "node:assert";
import fc from "fast-check";
import { assertEquals } from "@test/helpers.ts";
import { chosenSamples, replayedText, type ToldSample } from "./_samples.ts";

Deno.test("chosenSamples() takes numbers and ranges, in their order", () => {
  deepStrictEqual(chosenSamples({ sample: ["7", "2..4", "0..0"] }), {
    samples: [7, 2, 3, 4, 0],
    random: undefined,
  });
  fc.assert(fc.property(fc.nat(1000), fc.nat(50), (from, more) => {
    const { samples } = chosenSamples({ sample: [`${from}..${from + more}`] });
    assertEquals(samples.length, more + 1);
    ok(samples.every((sample, i) => sample === from + i));
  }));
});

Deno.test("chosenSamples() takes some at random, by a seed", () => {
  deepStrictEqual(chosenSamples({ sample: [], random: "20" }).random, {
    count: 20,
    seed: 1,
  });
  deepStrictEqual(chosenSamples({ sample: ["3"], random: "1", seed: "0" }), {
    samples: [3],
    random: { count: 1, seed: 0 },
  });
});

Deno.test("chosenSamples() refuses what is none", () => {
  const refused = (says: RegExp, sample: string[], more = {}) =>
    throws(() => chosenSamples({ sample, ...more }), says);
  refused(/no sample is chosen/, []);
  refused(/--seed without --random/, ["1"], { seed: "1" });
  refused(/"4\.\.3".*no number or range/, ["4..3"]);
  refused(/no number or range/, ["1..2..3"]);
  refused(/whole number/, ["1.."]);
  refused(/at least 1 /, [], { random: "0" });
  refused(/more than 100000/, ["5..100005"]);
  assertEquals(chosenSamples({ sample: ["5..100004"] }).samples.length, 1e5);
});

const replayed: ToldSample = {
  index: 12,
  step: 3,
  comparison: "identical",
  files: ["/r/sample-12.hdf", "/r/sample-12.png", "/r/sample-12.json"],
  sha256: "ab",
  recordedSha256: "ab",
  reasons: [],
};

Deno.test("replayedText() says whether a sample is what training saw, and where it is", () => {
  const text = (changes: Partial<ToldSample>) =>
    replayedText({ ...replayed, ...changes });
  assertEquals(
    text({}),
    "sample 12 (step 3): identical to what training saw\n" +
      "  /r/sample-12.{hdf,png,json}",
  );
  match(text({ comparison: "unknown" }), /\): made again; .* not recorded\n/);
  const other = { comparison: "different", recordedSha256: "cd" } as const;
  match(
    text(other),
    /SHA-256 ab, was cd, and code, lockfile, processor and data are the same\n/,
  );
  match(
    text({ ...other, reasons: ["a", "b"] }),
    /, was cd, likely because of a; b\n/,
  );
});
