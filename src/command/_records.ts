import { join } from "node:path";
import type { Records } from "@/record/mod.ts";

/** The records in a folder for reading, or null if nothing was ever recorded there. */
export async function openExisting(folder: string): Promise<Records | null> {
  try {
    Deno.statSync(join(folder, "runs.sqlite"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const { openRecords } = await import("@/record/mod.ts");
  return openRecords(folder, { readOnly: true });
}
