import { canonicalJson } from "@/core/mod.ts";
import type { Page, PageRun } from "../page.ts";
import { choicesOf, type Difference } from "./differences.ts";

/** Whether a path of the plan is a matter of data, or of what computes. */
export function isSurrounding(path: string): boolean {
  return /^(data|volumes)\b|^receptiveNm$/.test(path) ||
    /^train\.(engine|threads|precision|eager|devices)$/.test(path);
}

/**
 * What runs to be compared should have in common and have not: data, what
 * computes, code; `ofPlans` are the differences between their plans.
 */
export function unequalOf(
  { runs, matrix }: Pick<Page, "runs" | "matrix">,
  ofPlans: readonly Difference[],
): Difference[] {
  // Of a search, the chosen trial alone has test volumes.
  const isSearch = matrix?.record.search !== undefined;
  const facts: readonly [string, (run: PageRun) => string][] = [
    [
      "Input files",
      ({ run }) =>
        run.inputs.filter(({ split }) =>
          split !== null && !(isSearch && split === "test")
        )
          .map(({ role, path, sha256 }) =>
            `${role} ${path.split(/[/\\]/).at(-1)} ${sha256.slice(0, 8)}`
          ).join(", ") || "none",
    ],
    ["Engine", ({ run }) => run.environment.engine],
    ["Threads", ({ run }) => `${run.environment.threads}`],
    ["Processor", ({ run }) => run.environment.gpu ?? run.environment.cpu],
    ["Versions", ({ run }) => versionsOf(run.environment.versions)],
    [
      "Code",
      ({ run }) =>
        (run.environment.commit?.slice(0, 12) ?? "outside a repository") +
        (run.environment.dirtyDiff ? ", changed" : ""),
    ],
    [
      "Uncommitted changes",
      ({ run }) =>
        run.environment.dirtyDiff === ""
          ? "none"
          : `${run.environment.dirtyDiff.split("\n").length} lines`,
    ],
  ];
  const ofRecords = facts.map(([path, of]) => ({
    path,
    choices: choicesOf(runs, of),
  })).filter(({ choices }) => choices.length > 1);
  return [
    ...ofPlans.filter(({ path }) => isSurrounding(path)),
    ...ofRecords,
  ];
}

function versionsOf(versions: Readonly<Record<string, string>>): string {
  return canonicalJson(versions).replace(/[{}"]/g, "").replaceAll(",", ", ")
    .replaceAll(":", " ");
}
