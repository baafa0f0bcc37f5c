import { deepStrictEqual } from "node:assert";
import { peakOf } from "./peaks.ts";

Deno.test("peakOf() knows cards by the names that drivers give them", () => {
  const names = [
    "NVIDIA H200",
    "NVIDIA H100 80GB HBM3",
    "NVIDIA H100 PCIe",
    "NVIDIA A100-SXM4-80GB",
    "NVIDIA L4",
    "NVIDIA L40S",
    "NVIDIA GeForce RTX 4090",
    "NVIDIA GH200 480GB",
    "NVIDIA A10G",
  ];
  deepStrictEqual(names.map(peakOf), [
    ...[989, 989, 756, 312, 121, 362, 165, 989, 70],
  ]);
});

Deno.test("peakOf() has no figure for unknown cards and for parts of one", () => {
  const names = [
    "NVIDIA H100 80GB HBM3 MIG 1g.10gb",
    "NVIDIA GeForce RTX 4090 Laptop GPU",
    "AMD Instinct MI300X",
    "cpu",
  ];
  deepStrictEqual(names.map(peakOf), [null, null, null, null]);
});
