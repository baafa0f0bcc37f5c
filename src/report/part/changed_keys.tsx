import type { VNode } from "preact";
import type { ChangedKey } from "../difference/since.ts";

/** The most keys that are shown. */
const mostShown = 3;

/** The longest value that is shown whole. */
const longest = 28;

/** What changed, the first few keys with their values. */
export function ChangedKeys(
  { keys }: { keys: readonly ChangedKey[] },
): VNode {
  const shown = keys.slice(0, mostShown);
  const all = keys.map(({ path, value }) => `${path} ${value ?? "not set"}`);
  return (
    <span class="changed" title={all.slice(0, 40).join("\n") || undefined}>
      {shown.map(({ path, value }) => (
        <code key={path}>
          <span class="muted">{shortPath(path)}</span> {shortValue(value)}
        </code>
      ))}
      {keys.length > shown.length && (
        <span class="muted">and {keys.length - shown.length} more</span>
      )}
    </span>
  );
}

/** The last two keys, which mostly tell what it is. */
function shortPath(path: string): string {
  return path.split(".").slice(-2).join(".");
}

function shortValue(value: string | undefined): string {
  if (value === undefined) return "not set";
  return value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
}
