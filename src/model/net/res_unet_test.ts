import { deepStrictEqual, match, throws } from "node:assert";
import { defaultOptions, ExperimentError, type Zyx } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { describeNetwork } from "../network.ts";
import { nets } from "./mod.ts";
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

/** Weights between two levels' channels: kernel `taps`, factors and summands. */
const unit = (taps: number, inputs: number, outputs: number) =>
  taps * inputs * outputs + 2 * outputs;
/** A transposed convolution with windows of so many voxels, and its bias. */
const up = (taps: number, inputs: number, outputs: number) =>
  taps * inputs * outputs + outputs;

function parametersOf(preset: string, patchVox: Zyx): number {
  const entry = nets.schema.parse({ type: "resUnet", preset });
  const net = nets.create(entry)({ heads: 1, levels: 0 });
  return describeNetwork(net, patchVox).parameters;
}

Deno.test("resUnet() with preset unet3d has pairs of cubic convolutions", () => {
  const pair = (inputs: number, f: number) =>
    unit(27, inputs, f) + unit(27, f, f);
  assertEquals(
    parametersOf("unet3d", [8, 8, 8]),
    pair(1, 64) + pair(64, 128) + pair(128, 256) + pair(256, 512) +
      up(8, 512, 256) + pair(512, 256) +
      up(8, 256, 128) + pair(256, 128) +
      up(8, 128, 64) + pair(128, 64) +
      64 + 1,
  );
});

Deno.test("resUnet() with preset vnet has residual blocks of 5 × 5 × 5", () => {
  const block = (inputs: number, f: number) =>
    unit(125, inputs, f) + 2 * unit(125, f, f);
  assertEquals(
    parametersOf("vnet", [16, 16, 16]),
    block(1, 16) + block(16, 32) + block(32, 64) + block(64, 128) +
      block(128, 256) +
      unit(8, 16, 16) + unit(8, 32, 32) + unit(8, 64, 64) + unit(8, 128, 128) +
      up(8, 256, 128) + block(256, 128) +
      up(8, 128, 64) + block(128, 64) +
      up(8, 64, 32) + block(64, 32) +
      up(8, 32, 16) + block(32, 16) +
      16 + 1,
  );
});

Deno.test("resUnet() with preset nnUnet is flat on three levels, cubic on three", () => {
  const pair = (taps: number, inputs: number, f: number) =>
    unit(taps, inputs, f) + unit(taps, f, f);
  assertEquals(
    parametersOf("nnUnet", [4, 32, 32]),
    pair(9, 1, 32) + pair(9, 32, 64) + pair(9, 64, 128) +
      pair(27, 128, 256) + pair(27, 256, 320) + pair(27, 320, 320) +
      unit(4, 32, 32) + unit(4, 64, 64) + unit(4, 128, 128) +
      unit(8, 256, 256) + unit(8, 320, 320) +
      up(8, 320, 320) + pair(27, 640, 320) +
      up(8, 320, 256) + pair(27, 512, 256) +
      up(4, 256, 128) + pair(9, 256, 128) +
      up(4, 128, 64) + pair(9, 128, 64) +
      up(4, 64, 32) + pair(9, 64, 32) +
      32 + 1,
  );
});

Deno.test("resUnet() with a centre has it on the coarsest level alone", () => {
  const stopsOf = (options: Record<string, unknown>) => {
    const entry = nets.schema.parse({
      type: "resUnet",
      filters: [4, 6, 8],
      ...options,
    });
    const net = nets.create(entry)({ heads: 1, levels: 0 });
    return describeNetwork(net, [2, 8, 8]).stages;
  };
  const usual = stopsOf({}), dilated = stopsOf({ centre: { type: "dLink" } });
  dilated.forEach(({ name, parameters }, i) => {
    const { parameters: before } = usual[i]!;
    if (name !== "encoder2") return assertEquals(parameters, before, name);
    // From 6 channels, then four flat ones with a bias.
    assertEquals(parameters, unit(9, 6, 8) + 4 * up(9, 8, 8), name);
  });
});
