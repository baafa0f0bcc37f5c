import process from "node:process";
import { ExperimentError, sha256Hex } from "@/core/mod.ts";
import type { Holder } from "./_holder.ts";

/**
 * A name for a run such as `mixloss-20261123-2105-k3f9`: experiment, UTC time,
 * and four characters of what no two attempts share. Neither random numbers
 * (`deno run --seed` repeats them) nor the clock decide: the database refuses
 * a name that is taken, and the next `attempt` has another ending.
 */
export function runId(
  experiment: string,
  { at, holder, attempt }: {
    readonly at: Date;
    readonly holder: Holder;
    readonly attempt: number;
  },
): string {
  return nameOf(experiment, {
    at,
    unlike: JSON.stringify([holder, `${process.hrtime.bigint()}`, attempt]),
  });
}

/** The same for what `unlike` tells from all others, as far as `characters` do. */
export function nameOf(
  experiment: string,
  { at, unlike, characters = 4 }: {
    readonly at: Date;
    readonly unlike: string;
    readonly characters?: number;
  },
): string {
  const slug = experiment.toLowerCase().replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "").slice(0, 40) || "run";
  const [date, time] = at.toISOString().split("T") as [string, string];
  const hash = sha256Hex(unlike);
  const ending = Array.from(
    { length: characters },
    (_, i) => endings[parseInt(hash.slice(2 * i, 2 * i + 2), 16) % 32],
  ).join("");
  return `${slug}-${date.replaceAll("-", "")}-${
    time.slice(0, 5).replace(":", "")
  }-${ending}`;
}

/** Letters and digits that are hard to confuse. */
const endings = "23456789abcdefghijkmnpqrstuvwxyz";

/**
 * Why a name is no relative path of plain parts with slashes between them, as
 * the end of a sentence; null if it is one.
 */
export function nameFault(name: string, mostCharacters: number): string | null {
  if (name.length > mostCharacters) {
    return `it has ${name.length} characters, at most ${mostCharacters} are allowed`;
  }
  if (/\p{Cc}/u.test(name)) return "it has a control character";
  if (name.includes("\\")) return "it has a backslash";
  return name.split("/").some((part) => ["", ".", ".."].includes(part))
    ? "it is not plain parts with slashes between them"
    : null;
}

/** Fails unless an artifact's name is one of at most 200 characters. */
export function checkArtifactName(name: string): void {
  const fault = nameFault(name, 200);
  if (fault === null) return;
  throw new ExperimentError(
    `Cannot record an artifact under this name: ${fault}`,
    {
      where: `artifact ${JSON.stringify(name.slice(0, 200))}`,
      fix: 'Name it like "evaluation/validation/a.json"',
    },
  );
}
