import type { VNode } from "preact";
import type { Show } from "./data.ts";

/** Something that can be done to runs. */
interface BarAction {
  /** What `client/live_actions.js` and the server call it. */
  readonly name: string;
  /** What the button says. */
  readonly label: string;
  /** The states in which a run can have it done, if not in all. */
  readonly states?: string;
  /** The fewest runs that it takes. */
  readonly fewest?: number;
  /** Where it makes sense. */
  readonly shows: readonly Show[];
}

const kept = ["current", "archived"] as const;

/** Every action, in the order of its button. */
const barActions: readonly BarAction[] = [
  { name: "compare", label: "Compare", fewest: 2, shows: kept },
  { name: "page", label: "Report", shows: kept },
  { name: "stop", label: "Stop", states: "running", shows: kept },
  {
    name: "resume",
    label: "Resume",
    states: "interrupted failed crashed",
    shows: kept,
  },
  { name: "rerun", label: "Rerun", states: "finished stopped", shows: kept },
  { name: "tags", label: "Tag…", shows: kept },
  { name: "note", label: "Note…", shows: kept },
  { name: "archive", label: "Put aside", shows: ["current"] },
  { name: "restore", label: "Bring back", shows: ["archived", "deleted"] },
  {
    name: "delete",
    label: "Delete…",
    states: "finished stopped interrupted failed crashed",
    shows: kept,
  },
];

/** What can be done to the runs that are chosen, or to the one of the page. */
export function ActionBar(
  { show, isOfMany = false }: { show: Show; isOfMany?: boolean },
): VNode {
  const offered = barActions.filter(({ shows, fewest = 1 }) =>
    shows.includes(show) && (isOfMany || fewest === 1)
  );
  return (
    <div
      id="actions"
      class={`actions needs-script ${isOfMany ? "is-of-many" : ""}`}
      role="group"
      aria-label={isOfMany ? "The chosen runs" : "This run"}
      hidden={isOfMany}
    >
      {isOfMany && <span id="chosen-count" role="status" />}
      {offered.map(({ name, label, states, fewest }) => (
        <button
          key={name}
          type="button"
          data-act={name}
          data-states={states}
          data-fewest={fewest}
        >
          {label}
        </button>
      ))}
      {isOfMany && (
        <button type="button" data-act="clear" class="quiet">
          Choose none
        </button>
      )}
    </div>
  );
}
