import type { VNode } from "preact";

/** JSON that no HTML parser can take for markup. */
export function inlineJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(
      /[<>&\u2028\u2029]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** Data for the page's script; never run, only read. */
export function InlineData(
  { id, value }: { id: string; value: unknown },
): VNode {
  return (
    <script
      type="application/json"
      id={id}
      dangerouslySetInnerHTML={{ __html: inlineJson(value) }}
    />
  );
}
