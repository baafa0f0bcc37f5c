import { assertEquals } from "@test/helpers.ts";
import { metricLabel } from "./metric_label.ts";

Deno.test("metricLabel() speaks the words of the field", () => {
  assertEquals(metricLabel("ap"), "AP");
  assertEquals(metricLabel("loss.bce"), "Loss · BCE");
  assertEquals(metricLabel("loss.level1/bce"), "Loss · Level1 · BCE");
  assertEquals(metricLabel("speed.voxelsPerSecond"), "Voxels per second");
  assertEquals(metricLabel("speed.waitMs"), "Wait (ms)");
  assertEquals(metricLabel("falseComponents"), "False components");
});
