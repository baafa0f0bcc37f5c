import type { Entry } from "@/core/mod.ts";
import { executors } from "@/queue/mod.ts";
import { readEntry } from "../spec/read_inline.ts";

/**
 * Reads an executor from the command line: its name, or an entry with options.
 *
 * @throws {ExperimentFaults} If there is none.
 */
export function readExecutor(text: string): Entry {
  return readEntry(text, { schema: executors.schema, option: "--executor" });
}
