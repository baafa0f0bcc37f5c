import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { iou } from "./iou.ts";
import { tversky } from "./tversky.ts";

// Σpt = 2.8, Σp = 3.8, Σt = 4: 1 - 2.8 / 5, smoothed 1 - 3.8 / 6
testWithTensors("iou() gives the hand-worked values", () => {
  const valueOf = (smoothVox: number) =>
    lossOf(iou, { smoothVox })(exampleInput()).dataSync()[0]!;
  assertAlmostEquals(valueOf(0), .44, 1e-6);
  assertAlmostEquals(valueOf(1), 2.2 / 6, 1e-6);
});

testWithTensors("iou() is tversky() with weights of 1", () => {
  const [a, b] = [
    lossOf(iou),
    lossOf(tversky, { falseWeight: 1, missedWeight: 1 }),
  ].map((loss) => loss(exampleInput()).dataSync()[0]!);
  assertAlmostEquals(a!, b!, 1e-6);
});

testCasesOf(iou);
