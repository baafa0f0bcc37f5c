import { testWithTensors } from "@test/helpers.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { compareWithTorch, followed, optimizerOf } from "./_testing.ts";

compareWithTorch("adamW");

const still = [[0, 0, 0, 0], [0, 0, 0, 0]];

testWithTensors(
  "adamW() shrinks weights by the rate times the decay in each step",
  () => {
    const found = followed(optimizerOf("adamW", { weightDecay: 0.5 }), {
      weights: [8, -4, 2, -1],
      gradients: still,
      rates: [0.5, 1],
    });
    // 1 - 0.25, then 1 - 0.5
    [3, -1.5, 0.75, -0.375].forEach((value, i) =>
      assertAlmostEquals(found[i]!, value, 1e-6)
    );
  },
);

testWithTensors("adamW() spares biases and normalisations if asked", () => {
  const options = { weightDecay: 0.5, decayKernelsOnly: true };
  const found = followed(optimizerOf("adamW", options), {
    weights: [8, -4, 2, -1],
    gradients: still,
    rates: [0.5, 1],
  });
  [3, -1.5, 2, -1].forEach((value, i) =>
    assertAlmostEquals(found[i]!, value, 1e-6)
  );
});

testWithTensors(
  "adamW() decays apart from the gradient, adam() through its moments",
  () => {
    // With much decay Adam's first step is as long as without: it has the rate's length.
    const course = { weights: [4, 0, 0], gradients: [[1, 0, 0]], rates: [0.1] };
    const options = { weightDecay: 0.5, amsgrad: false };
    const [coupled] = followed(optimizerOf("adam", options), course);
    const [apart] = followed(optimizerOf("adamW", options), course);
    assertAlmostEquals(coupled!, 4 - 0.1, 1e-6);
    assertAlmostEquals(apart!, 4 - 0.1 - 0.1 * 0.5 * 4, 1e-6);
  },
);
