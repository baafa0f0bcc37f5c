import type { VNode } from "preact";
import type { Page } from "../page.ts";
import { aboutOf, type PlanAbout } from "../plan.ts";

/** The most experiments that are told of. */
const mostTold = 4;

/** What the experiments say of themselves: in a line, at length, in words to find them by. */
export function About({ page }: { page: Page }): VNode | null {
  const experiments = new Map<string, PlanAbout>(
    page.runs.map(({ run }) => [run.experiment, aboutOf(run.plan)]),
  );
  const told = [...experiments].filter(([, { summary, notes, tags }]) =>
    summary || notes || tags.length > 0
  );
  if (told.length === 0) return null;
  const shown = told.slice(0, mostTold);
  return (
    <div class="about">
      {shown.map(([name, { summary, notes, tags }]) => (
        <div>
          <p>
            {experiments.size > 1 && <b>{name}</b>} {summary}{" "}
            <Tags tags={tags} />
          </p>
          {notes && (
            <details open={told.length === 1 && notes.length < 400}>
              <summary>Notes{experiments.size > 1 && ` of ${name}`}</summary>
              <p class="notes">{notes}</p>
            </details>
          )}
        </div>
      ))}
      {told.length > shown.length && (
        <p class="muted">and {told.length - shown.length} experiments more</p>
      )}
    </div>
  );
}

/** Words to find something by. */
export function Tags({ tags }: { tags: readonly string[] }): VNode {
  return <>{tags.map((tag) => <span key={tag} class="tag">{tag}</span>)}</>;
}
