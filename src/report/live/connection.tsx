import type { VNode } from "preact";

/** Says whether the page is told of what happens. */
export function Connection(): VNode {
  return (
    <span class="connection needs-script" id="connection" role="status">
      live
    </span>
  );
}
