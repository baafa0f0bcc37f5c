import { ExperimentError } from "@/core/mod.ts";

const msPer = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * The time that `7d`, `12h`, `2w` ago, a date or a time in UTC means, ISO 8601.
 *
 * @throws {ExperimentError} If it means none.
 */
export function sinceOf(text: string, nowMs: number): string {
  const ago = /^(\d{1,5})([hdw])$/.exec(text);
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?$/.test(text);
  const ms = ago
    ? nowMs - Number(ago[1]) * msPer[ago[2] as keyof typeof msPer]
    : isTime
    ? Date.parse(/T.*[^Z]$/.test(text) ? `${text}Z` : text)
    : NaN;
  if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  throw new ExperimentError(`Cannot use "${text}" for --since: it is no time`, {
    where: `--since ${text}`,
    fix: "Write it like 7d, 12h, 2026-11-27 or 2026-11-27T18:05",
  });
}
