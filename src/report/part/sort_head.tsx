import type { ComponentChildren, VNode } from "preact";

/** How a column sorts its rows. */
export interface Sorting {
  /** By what its cells have as `data-value`. */
  readonly by: "text" | "number";
  /** What the first click puts on top: the least, or the greatest. */
  readonly first?: "ascending" | "descending";
  /** How the rows stand as the page opens, if by this column. */
  readonly now?: "ascending" | "descending" | undefined;
}

/** The head of a column that sorts its table when it is clicked. */
export function SortHead(
  {
    sorting: { by, first = "ascending", now },
    name,
    title,
    more,
    run,
    class: also,
    children,
  }: {
    sorting: Sorting;
    /** What copies of the table call it, if not what it shows. */
    name?: string | undefined;
    title?: string | undefined;
    /** Whether it is seen only when asked for. */
    more?: boolean | undefined;
    /** The number of the run that it is about: it goes where that is hidden. */
    run?: number;
    class?: string;
    children: ComponentChildren;
  },
): VNode {
  const classes = [by === "number" && "number", more && "is-more", also];
  return (
    <th
      scope="col"
      class={classes.filter(Boolean).join(" ") || undefined}
      data-sort={by}
      data-first={first}
      data-name={name}
      data-run={run}
      aria-sort={now}
      title={title}
    >
      <button type="button">{children}</button>
    </th>
  );
}
