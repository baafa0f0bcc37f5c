import { ExperimentError, RunError } from "@/core/mod.ts";
import { type Client, type DeviceMemory, PjrtError } from "../pjrt/mod.ts";

/** What a user can do where a device's memory does not suffice. */
export const smaller = "Lower train.batch or sampler.patchVox, set" +
  " model.recompute, or set train.precision to bf16";

/** What is done, and on what. */
export interface DeviceWork {
  /** What messages call it, such as "run train_step". */
  readonly doing: string;
  /** The plugin at work. */
  readonly client: Client;
  /** What it needs of the device's memory, where that is known. */
  readonly neededBytes?: number | null;
}

/** Runs a call of the plugin; its failures become the user's. */
export function guarded<T>(
  work: DeviceWork,
  call: () => T,
): T {
  try {
    return call();
  } catch (error) {
    throw failureOf(error, work);
  }
}

/** A failure of the plugin in the user's words; other errors as they are. */
export function failureOf(
  error: unknown,
  { doing, client, neededBytes = null }: DeviceWork,
): unknown {
  if (!(error instanceof PjrtError)) return error;
  const where = client.devices[0]?.kind ?? client.platform;
  if (error.isOutOfMemory) {
    return new ExperimentError(
      `Cannot ${doing}: the memory of the device does not suffice (` +
        (neededBytes === null ? "" : `it takes ${gibibytes(neededBytes)}; `) +
        `${memoryText(memoryOf(client))}; ${firstLine(error.message)})`,
      { where, fix: smaller, cause: error },
    );
  }
  if (isRefusal(error)) {
    return new ExperimentError(
      `Cannot ${doing}: the compiler refuses the program` +
        ` (${error.code}: ${firstLine(error.message)})`,
      {
        where,
        fix: "Use --engine tensorflow, and report this with what" +
          " CLEFT_XLA_DUMP=FOLDER writes to a folder",
        cause: error,
      },
    );
  }
  return new RunError(
    `Cannot ${doing}: the device failed (${error.code}: ${
      firstLine(error.message)
    })`,
    {
      where,
      fix: "See whether the device is still there (nvidia-smi); a run goes on" +
        " by deno task resume",
      cause: error,
    },
  );
}

/** Whether a compiler does not take a program, rather than a device failing meanwhile. */
function isRefusal({ call, code }: PjrtError): boolean {
  return call === "Client_Compile" &&
    ["INVALID_ARGUMENT", "UNIMPLEMENTED"].includes(code);
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
