import { checkSpec, planExperiment, withVolumes } from "@/experiment/mod.ts";
import { assertGolden } from "./golden.ts";

Deno.test("planExperiment() plans the report's network, every default in place", () => {
  const spec = checkSpec({
    name: "golden",
    data: { train: [{ source: { type: "phantom" } }] },
    model: { type: "resUnet" },
    loss: { terms: [{ type: "bce" }, { type: "dice" }] },
  }, "test/golden/plan_test.ts");
  const plan = withVolumes(planExperiment(spec), [{
    split: "train",
    name: "phantom-1",
    shapeVox: [24, 320, 320],
    voxelNm: [50, 4.6, 4.6],
    offsetNm: [0, 0, 0],
  }]);
  assertGolden("plan.json", `${JSON.stringify(plan, null, 2)}\n`);
});
