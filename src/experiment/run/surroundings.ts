import type { Run } from "@/record/mod.ts";
import { changedInputs } from "./inputs.ts";

/** What differs between the surroundings of two runs and can change bits. */
export function changedSurroundings(
  before: Pick<Run, "environment" | "inputs">,
  now: Pick<Run, "environment" | "inputs">,
): readonly string[] {
  const [a, b] = [before.environment, now.environment];
  const reasons: string[] = [];
  const compare = (what: string, was: unknown, is: unknown) => {
    if (JSON.stringify(was) !== JSON.stringify(is)) {
      reasons.push(`${what}: ${is}, was ${was}`);
    }
  };
  compare("engine", a.engine, b.engine);
  for (const name of Object.keys({ ...a.versions, ...b.versions })) {
    compare(`version of ${name}`, a.versions[name], b.versions[name]);
  }
  compare("threads", a.threads, b.threads);
  compare("processor", a.cpu, b.cpu);
  compare("graphics processor", a.gpu, b.gpu);
  compare("commit", a.commit, b.commit);
  if (a.dirtyDiff !== b.dirtyDiff) reasons.push("uncommitted changes");
  compare("lockfile", a.lockfileSha256, b.lockfileSha256);
  for (const { role, was, is } of changedInputs(before.inputs, now.inputs)) {
    reasons.push(`data of ${role}: ${is?.sha256}, was ${was?.sha256}`);
  }
  return reasons;
}
