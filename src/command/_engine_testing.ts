import type { EngineFacts, SelfTest } from "@/engine/mod.ts";

/** What an engine on two processors says of itself. */
export const facts: EngineFacts = {
  engine: "pjrt",
  versions: { tfjs: "4.22.0" },
  devices: ["a", "b"],
  threads: 2,
  precision: "fp32",
  gpu: null,
  libraryPath: null,
  notices: [],
};

/** A test that was passed. */
export const selfTest: SelfTest = {
  isPassed: true,
  gradientError: 0.000123,
  isRepeated: true,
  weightsSha256: "0123456789abcdef0123",
  ms: 12.6,
};
