import type { Device } from "./context.ts";

/** What the graphics processor in use is called, or null without one. */
export function gpuName(devices: readonly Device[]): string | null {
  const device = devices.find(({ type }) => type === "GPU");
  return device ? driverName() ?? device.name : null;
}

/** The model that NVIDIA's driver states, such as "NVIDIA H200". */
function driverName(): string | null {
  const folder = "/proc/driver/nvidia/gpus";
  try {
    for (const { name } of Deno.readDirSync(folder)) {
      const facts = Deno.readTextFileSync(`${folder}/${name}/information`);
      const model = /^Model:\s*(.+)$/m.exec(facts)?.[1];
      if (model) return model;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return null;
}
