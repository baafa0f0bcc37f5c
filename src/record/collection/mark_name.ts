import { ExperimentError } from "@/core/mod.ts";

/**
 * Tags and groups are names: one line, and not a long one.
 *
 * @throws {ExperimentError} If this is none.
 */
export function checkMarkName(name: string): void {
  const isFine = name.trim() === name && name !== "" && name.length <= 100 &&
    !/\p{Cc}/u.test(name);
  if (isFine) return;
  throw new ExperimentError(
    "Cannot use this as a tag or a group: it should be one line of at most " +
      "100 characters, without spaces around it",
    {
      where: JSON.stringify(name.slice(0, 100)),
      fix: "Write what is longer as a note",
    },
  );
}
