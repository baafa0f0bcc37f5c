import type { ComponentChildren, VNode } from "preact";

/**
 * A region that scrolls by itself where it is wider than the page, or where it
 * is long; keys included. An edge shows that there is more.
 */
export function Scroll(
  { label, isLong = false, children }: {
    label: string;
    isLong?: boolean;
    children: ComponentChildren;
  },
): VNode {
  return (
    <div
      class={isLong ? "scroll is-long" : "scroll"}
      tabindex={0}
      role="region"
      aria-label={label}
    >
      {children}
    </div>
  );
}
