import type { VNode } from "preact";

/** What people say of a run, in small below its name; nothing if nothing is said. */
export function MarkNote(
  { group, note }: { group: string | null; note: string | null },
): VNode | null {
  const said = [group, note].filter((text) => text !== null);
  return said.length > 0
    ? <small class="mark-note">{said.join(": ")}</small>
    : null;
}
