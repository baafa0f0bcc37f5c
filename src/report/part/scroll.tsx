import type { ComponentChildren, VNode } from "preact";

/** A region that scrolls by itself where it is wider than the page, keys included. */
export function Scroll(
  { label, children }: { label: string; children: ComponentChildren },
): VNode {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
