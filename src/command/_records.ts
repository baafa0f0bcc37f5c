import type { Records } from "@/record/mod.ts";

/** The records in a folder for reading, or null if nothing was ever recorded there. */
export async function openExisting(folder: string): Promise<Records | null> {
  const { hasRecords, readRecords } = await import("@/record/mod.ts");
  return hasRecords(folder) ? readRecords(folder) : null;
}
