import { testOnEngines } from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";
import { timeConvolution } from "./time_convolution.ts";
import type { Engine } from "./types.ts";

testOnEngines(
  "timeConvolution() counts multiplications and additions",
  async (engine) => {
    const { ms, teraflops, precision, expectedTeraflops } =
      await timeConvolution(
        engine,
        { extentVox: [1, 32, 64], channels: 4, layers: 2 },
      );
    assertEquals(ms > 0, true, "time");
    // 2 layers · 2048 voxels · 4 channels out · 36 products and sums each
    const operations = 2 * 2048 * 4 * 36 * 2;
    assertEquals(Math.round(teraflops * ms * 1e9), operations);
    assertEquals(precision, "fp32");
    assertEquals(expectedTeraflops, null, "figure for a processor");
  },
);

testOnEngines(
  "timeConvolution() knows what a card should reach",
  async (engine) => {
    const expected = async (gpu: string, precision: "tf32" | "bf16") => {
      const card: Engine = Object.create(engine, {
        facts: { value: { ...engine.facts, gpu, precision } },
      });
      const size = { extentVox: [1, 32, 32], channels: 2, layers: 1 } as const;
      return (await timeConvolution(card, size)).expectedTeraflops;
    };
    assertEquals(await expected("NVIDIA H200", "bf16"), 0.4 * 989);
    assertEquals(await expected("NVIDIA H200", "tf32"), 0.4 * 989 / 2);
    assertEquals(await expected("AMD Instinct MI300X", "bf16"), null);
  },
);
