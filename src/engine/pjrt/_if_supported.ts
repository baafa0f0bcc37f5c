import { PjrtError } from "./pjrt_error.ts";

/** What a plugin says, or null if it says that it cannot. */
export function ifSupported<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    const isMissing = error instanceof PjrtError &&
      error.code === "UNIMPLEMENTED";
    if (isMissing) return null;
    throw error;
  }
}
