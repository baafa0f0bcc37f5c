import { readKernelFile } from "@/core/mod.ts";

/** The version of NVIDIA's driver, such as "580.65.06"; null where there is none. */
export function driverVersion(): string | null {
  const text = readKernelFile("/proc/driver/nvidia/version") ?? "";
  return /Kernel Module\s+(?:for \S+\s+)?(\d[\d.]*)/.exec(text)?.[1] ?? null;
}
