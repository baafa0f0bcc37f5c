import { ExperimentError } from "@/core/mod.ts";
import { type Client, type DeviceMemory, PjrtError } from "../pjrt/mod.ts";

/** What a user can do where a device's memory does not suffice. */
export const smaller = "Lower train.batch or sampler.patchVox, set" +
  " model.recompute, or set train.precision to bf16";

/** What is done, and on what. */
export interface DeviceWork {
  /** What messages call it. */
  readonly what: string;
  /** The plugin at work. */
  readonly client: Client;
}

/** Runs a call of the plugin; its failures become the user's. */
export function guarded<T>(
  { what, client }: DeviceWork,
  call: () => T,
): T {
  try {
    return call();
  } catch (error) {
    throw failureOf(error, { what, client });
  }
}

/** A failure of the plugin in the user's words; other errors as they are. */
export function failureOf(
  error: unknown,
  { what, client }: DeviceWork,
): unknown {
  if (!(error instanceof PjrtError)) return error;
  const where = client.devices[0]?.kind ?? client.platform;
  if (error.isOutOfMemory) {
    return new ExperimentError(
      `Cannot run ${what}: the memory of the device does not suffice` +
        ` (${memoryText(memoryOf(client))}; ${firstLine(error.message)})`,
      { where, fix: smaller, cause: error },
    );
  }
  return new ExperimentError(
    `Cannot run ${what}: the device failed (${error.code}: ${
      firstLine(error.message)
    })`,
    {
      where,
      fix: "See whether the device is still there (nvidia-smi), then go on by" +
        " deno task resume",
      cause: error,
    },
  );
}

/** Bytes for people. */
export function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function memoryText(memory: DeviceMemory | null): string {
  if (!memory) return "how much there is, its plugin does not tell";
  const { inUse, limit } = memory;
  return `${gibibytes(inUse)} in use` +
    (limit === null ? "" : ` of ${gibibytes(limit)}`);
}

/** The memory of the first device; null where a failing device cannot tell either. */
function memoryOf(client: Client): DeviceMemory | null {
  try {
    return client.memory();
  } catch (error) {
    if (error instanceof PjrtError) return null;
    throw error;
  }
}

function firstLine(text: string): string {
  return text.split("\n")[0]!.slice(0, 300);
}
