/** The name in `known` with the fewest edits from `name`, if it is near at all. */
export function nearestName(
  name: string,
  known: readonly string[],
): string | undefined {
  return nearestNames(name, known)[0];
}

/** All names in `known` with the fewest edits from `name`, if they are near at all. */
export function nearestNames(
  name: string,
  known: readonly string[],
): readonly string[] {
  let nearest: string[] = [], fewest = Math.max(2, name.length / 2) + 1;
  for (const candidate of known) {
    const edits = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (edits > fewest || edits === fewest && nearest.length === 0) continue;
    if (edits < fewest) [nearest, fewest] = [[], edits];
    nearest.push(candidate);
  }
  return nearest;
}

/** Insertions, deletions and substitutions from `a` to `b` (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substitution));
    }
    row = next;
  }
  return row[b.length]!;
}

/** A text on one line of a terminal: control characters become `\\u001b` and the like. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) =>
      `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );
}

/** The same of a text of several lines, which stay lines. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** JSON with sorted keys: equal values give equal texts, fit for hashing. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, v) =>
      v !== null && typeof v === "object" && !Array.isArray(v)
        ? Object.fromEntries(
          Object.entries(v).toSorted(([a], [b]) => a < b ? -1 : 1),
        )
        : v,
  );
}

/** A word as a POSIX shell reads it back unchanged. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A duration as `1 h 02 min`, `3 min 05 s` or `7 s`. */
export function durationText(ms: number): string {
  const s = Math.round(ms / 1000);
  const two = (n: number) => `${n}`.padStart(2, "0");
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
  return `${Math.floor(s / 3600)} h ${two(Math.floor(s / 60) % 60)} min`;
}
