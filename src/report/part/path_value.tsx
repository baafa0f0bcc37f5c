import type { VNode } from "preact";
import { formatNumber } from "../format.ts";

/** A path of a plan, its last key strongest. */
export function Path({ path }: { path: string }): VNode {
  const cut = Math.max(path.lastIndexOf("."), path.lastIndexOf("[")) +
    (path.includes(".") ? 1 : 0);
  return path.lastIndexOf(".") > path.lastIndexOf("[")
    ? (
      <code>
        <span class="muted">{path.slice(0, cut)}</span>
        {path.slice(cut)}
      </code>
    )
    : <code>{path}</code>;
}

/** Longest value shown; a longer one says how long it is. */
const mostCharacters = 300;

/** A value of a plan, or that it has none. */
export function Value({ value }: { value: string | undefined }): VNode {
  if (value === undefined) return <span class="muted">not set</span>;
  if (value.length <= mostCharacters) return <code>{value}</code>;
  return (
    <code>
      {value.slice(0, mostCharacters)}
      <span class="muted">… {formatNumber(value.length)} characters</span>
    </code>
  );
}
