import type { VNode } from "preact";

/** A command for the shell, with what copies it. */
export function Command(
  { text, head }: { text: string; head?: string },
): VNode {
  return (
    <div>
      {head !== undefined && (
        <div class="command-head">
          <span class="muted">{head}</span>
        </div>
      )}
      <div class="command">
        <code tabindex={0}>{text}</code>
        <CopyButton text={text} says="Copy the command" />
      </div>
    </div>
  );
}

/** A button that copies a text. */
export function CopyButton(
  { text, says, children = "Copy" }: {
    text: string;
    /** What readers of screens hear. */
    says: string;
    children?: string;
  },
): VNode {
  return (
    <button
      type="button"
      class="needs-script copy"
      data-copy={text}
      aria-label={says}
    >
      {children}
    </button>
  );
}
