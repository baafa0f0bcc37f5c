import type { VNode } from "preact";
import type { LogLine } from "@/record/mod.ts";

/** Lines of a log, each with its time and how grave it is. */
export function LogLines({ lines }: { lines: readonly LogLine[] }): VNode {
  return (
    <>
      {lines.map(({ at, level, text }) => (
        <span class={`is-${level}`}>
          <time>{at.slice(11, 19)}</time>
          {level === "info" ? "" : `${level}: `}
          {`${text}\n`}
        </span>
      ))}
    </>
  );
}
