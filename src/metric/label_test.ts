import { assertEquals } from "@test/helpers.ts";
import { measuredTitle, metricLabel, metricTitle } from "./label.ts";

Deno.test("metricLabel() speaks the words of the field", () => {
  assertEquals(metricLabel("ap"), "AP");
  assertEquals(metricLabel("loss.bce"), "Loss · BCE");
  assertEquals(metricLabel("loss.level1/bce"), "Loss · Level1 · BCE");
  assertEquals(metricLabel("speed.voxelsPerSecond"), "Voxels per second");
  assertEquals(metricLabel("speed.waitMs"), "Wait (ms)");
  assertEquals(metricLabel("system.gpuPowerW"), "Power of the card (W)");
  assertEquals(metricLabel("falseComponents"), "False components");
});

Deno.test("metricTitle() says on what, and whether with the best weights", () => {
  assertEquals(metricTitle("validation/best.ap"), "Validation AP");
  assertEquals(metricTitle("validation/ap"), "Validation AP, last");
  assertEquals(metricTitle("train/loss.bce"), "Train Loss · BCE");
  assertEquals(metricTitle("mine"), "Mine");
  assertEquals(measuredTitle("test/found"), "Test Objects found");
});
