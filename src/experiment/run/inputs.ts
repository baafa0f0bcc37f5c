import { ExperimentError } from "@/core/mod.ts";
import type { Run, RunInput } from "@/record/mod.ts";

/** A file in whose place another one, or none, is read now. */
export interface ChangedInput {
  /** What it is for. */
  readonly role: string;
  /** What was read. */
  readonly was: RunInput | undefined;
  /** What would be read. */
  readonly is: RunInput | undefined;
}

/** The files whose content differs; those of one role are compared in order. */
export function changedInputs(
  before: readonly RunInput[],
  now: readonly RunInput[],
): readonly ChangedInput[] {
  const roles = new Set([...before, ...now].map(({ role }) => role));
  return [...roles].flatMap((role) => {
    const was = before.filter((input) => input.role === role);
    const is = now.filter((input) => input.role === role);
    const places = Math.max(was.length, is.length);
    return Array.from({ length: places }, (_, i) => i)
      .filter((i) => was[i]?.sha256 !== is[i]?.sha256)
      .map((i) => ({ role, was: was[i], is: is[i] }));
  });
}

/**
 * Fails if a file in one of the roles that are `opened` is not the one that a
 * run has read.
 *
 * @throws {ExperimentError} Which one, and what to put back.
 */
export function refuseChangedData(
  { id, inputs }: Pick<Run, "id" | "inputs">,
  { opened, doing }: {
    readonly opened: readonly RunInput[];
    readonly doing: "repeat" | "replay";
  },
): void {
  const roles = new Set(opened.map(({ role }) => role));
  const [changed] = changedInputs(
    inputs.filter(({ role }) => roles.has(role)),
    opened,
  );
  if (!changed) return;
  const { role, was, is } = changed;
  throw new ExperimentError(
    `Cannot ${doing} run ${id}: the data of ${role} has changed`,
    {
      where: (is ?? was)!.path,
      fix: was
        ? `Put the file with SHA-256 ${was.sha256} back`
        : "Remove it, or use the version of Cleft that recorded the run",
    },
  );
}
