import { deepStrictEqual, match, throws } from "node:assert";
import { defaultOptions, ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { describeNetwork } from "../network.ts";
import { resUnet } from "./res_unet.ts";

const build = resUnet.create(defaultOptions(resUnet));
const report = build({ heads: 1, levels: 0 });

Deno.test("resUnet() has the report's 5,940,801 parameters by default", () => {
  assertEquals(describeNetwork(report, [24, 256, 256]).parameters, 5_940_801);
});

Deno.test("resUnet() halves z once and y, x four times", () => {
  const { stages } = describeNetwork(report, [24, 256, 256]);
  const shapeOf = (name: string) =>
    stages.find((s) => s.name === name)!.shapeVox;
  deepStrictEqual(shapeOf("encoder3"), [24, 32, 32]);
  deepStrictEqual(shapeOf("encoder4"), [12, 16, 16]);
  deepStrictEqual(shapeOf("head"), [24, 256, 256]);
});

Deno.test("resUnet() sees 17 sections and hundreds of voxels in each", () => {
  const { receptiveVox: [z] } = describeNetwork(report, [24, 256, 256]);
  // encoder3: 3 convs of ±1; pool +1; centre 3 convs of ±2; up +2, conv ±1; decoder3: ±3
  assertEquals(z, 1 + 6 + 1 + 12 + 2 + 2 + 6);
});

Deno.test("resUnet() names axis, level and the nearest extents that fit", () => {
  throws(() => describeNetwork(report, [24, 256, 250]), (error) => {
    match(`${error}`, /Cannot pool 125 voxels along x by 2 after level 1/);
    match(`${error}`, /Use 240 or 256/);
    return error instanceof ExperimentError;
  });
});
