import { ExperimentError } from "@/core/mod.ts";

/** What no single file may take, however damaged: a bound, not a measurement. */
const longestMs = 20_000;

/**
 * Does something with a damaged input that may be refused by an error of the
 * user's, in three lines each, and must neither fail otherwise nor take long. Returns
 * the error's lines, or null.
 */
export async function refusalOf(
  act: () => unknown,
): Promise<string | null> {
  const begunMs = performance.now();
  let said: string | null = null;
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    said = `${error}`;
    for (const fault of said.split("\n\n")) {
      if (!/^.+\n {2}at {3}.+\n {2}fix {2}.+$/.test(fault)) {
        throw new Error(`Not three lines: ${fault}`);
      }
    }
  }
  const ms = performance.now() - begunMs;
  if (ms > longestMs) throw new Error(`It took ${ms} ms`);
  return said;
}
