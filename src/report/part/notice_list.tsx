import type { VNode } from "preact";
import { type Notice, noticesOf } from "../notices.ts";
import type { Page } from "../page.ts";
import { aboutRuns } from "./about_runs.ts";
import { RunSet } from "./run_set.tsx";

/** What a reader should know before the numbers, problems first. */
export function NoticeList({ page }: { page: Page }): VNode | null {
  const notices = noticesOf(page);
  if (notices.length === 0) return null;
  const shown = notices.slice(0, 8), more = notices.slice(8);
  return (
    <aside class="notices" aria-label="Notices">
      <ul>
        {shown.map((notice) => (
          <Line key={notice.text} notice={notice} page={page} />
        ))}
      </ul>
      {more.length > 0 && (
        <details>
          <summary>{more.length} more</summary>
          <ul>
            {more.map((notice) => (
              <Line key={notice.text} notice={notice} page={page} />
            ))}
          </ul>
        </details>
      )}
    </aside>
  );
}

function Line({ notice, page }: { notice: Notice; page: Page }): VNode {
  return (
    <li
      class={`is-${notice.level}`}
      data-runs={aboutRuns(notice.runs)}
    >
      <span class="notice-mark" aria-hidden="true">
        {{ problem: "✕", caution: "!", note: "i" }[notice.level]}
      </span>
      <span>
        {notice.text}
        {notice.runs.length > 0 && page.runs.length > 1 && (
          <RunSet page={page} runs={notice.runs} />
        )}
      </span>
    </li>
  );
}
