import { assertEquals } from "@test/helpers.ts";
import { evaluateLine, originText } from "./_prediction_text.ts";

const origin = {
  ...{ weights: "best", step: 300, run: "a-1" },
  ...{ threshold: 0.4, head: null },
};

Deno.test("originText() says which weights predicted, and from what on is cleft", () => {
  const text = (changes: object, asked = "best") =>
    originText(
      { ...origin, ...changes } as Parameters<typeof originText>[0],
      { asked },
    );
  assertEquals(
    text({}),
    "Weights: best of a-1, after step 300\n" +
      "Threshold: 0.400, chosen on validation",
  );
  assertEquals(
    text({ weights: "last", threshold: null }),
    "Weights: last of a-1, as none were validated, after step 300\n" +
      "Threshold: none was chosen for these weights on validation",
  );
  assertEquals(
    text({ weights: "last" }, "last").split("\n")[0],
    "Weights: last of a-1, after step 300",
  );
  assertEquals(
    text({ head: "polarity", threshold: null }),
    "Weights: best of a-1, after step 300",
  );
});

Deno.test("evaluateLine() is a command that a shell takes", () => {
  assertEquals(
    evaluateLine("p.hdf", {
      volume: "my truth.hdf",
      "data-root": ["/a", "b c"],
    }),
    "deno task evaluate --prediction p.hdf --truth 'my truth.hdf' " +
      "--data-root /a --data-root 'b c'",
  );
  assertEquals(
    evaluateLine("p.hdf", { source: "{ type: main }", "data-root": [] }),
    "deno task evaluate --prediction p.hdf --source '{ type: main }'",
  );
});
