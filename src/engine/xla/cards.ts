import { mayRun, programEnvironment } from "@/core/mod.ts";
import { driverVersion } from "./driver.ts";

/** One of NVIDIA's cards. */
export interface Card {
  /** What it is, such as "NVIDIA H200". */
  readonly name: string;
  /** Its memory; null where the driver does not tell. */
  readonly memoryMiB: number | null;
  /** Its compute capability, such as 9.0; null where the driver does not tell. */
  readonly capability: number | null;
}

/** NVIDIA's driver, and the cards it drives. */
export interface Nvidia {
  /** Its version, such as "580.95.05". */
  readonly driver: string;
  /** Its cards, as far as it tells. */
  readonly cards: readonly Card[];
}

/** What `nvidia-smi` is asked; drivers before 510 do not know the last. */
const FIELDS = ["driver_version", "name", "memory.total", "compute_cap"];

/** NVIDIA's driver on this machine, or null where there is none that works. */
export function findNvidia(): Nvidia | null {
  const told = askSmi(FIELDS) ?? askSmi(FIELDS.slice(0, -1));
  if (told) return told;
  const driver = driverVersion();
  return driver === null ? null : { driver, cards: [] };
}

/** The version of NVIDIA's driver; null where there is none that works. */
export function findDriver(): string | null {
  // Inside Windows, the kernel tells of none.
  return driverVersion() ?? findNvidia()?.driver ?? null;
}

function askSmi(fields: readonly string[]): Nvidia | null {
  if (!mayRun("nvidia-smi")) return null;
  try {
    const { success, stdout } = new Deno.Command("nvidia-smi", {
      args: [
        `--query-gpu=${fields.join(",")}`,
        "--format=csv,noheader,nounits",
      ],
      env: programEnvironment(),
      stdin: "null",
      stderr: "null",
    }).outputSync();
    return success ? parseCards(new TextDecoder().decode(stdout)) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** What `nvidia-smi` prints, a line for each card; null if there is none. */
export function parseCards(text: string): Nvidia | null {
  const rows = text.split("\n")
    .map((line) => line.split(",").map((word) => word.trim()))
    .filter(([driver]) => /^\d+(\.\d+)+$/.test(driver!));
  if (rows.length === 0) return null;
  const cards = rows.map(([, name, memory, capability]) => ({
    name: name ?? "",
    memoryMiB: numberOf(memory),
    capability: numberOf(capability),
  }));
  return { driver: rows[0]![0]!, cards };
}

/** A number, or null for words such as "[N/A]". */
function numberOf(text: string | undefined): number | null {
  const value = Number(text || "none");
  return Number.isFinite(value) ? value : null;
}
