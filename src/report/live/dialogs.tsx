import type { ComponentChildren, VNode } from "preact";

/** What is asked before runs are marked or deleted. */
export function Dialogs(): VNode {
  return (
    <>
      <Ask id="ask-tags" title="Tags" does="Tag">
        <label>
          <span>Add, with commas between</span>
          <input type="text" name="add" autocomplete="off" />
        </label>
        <label>
          <span>Take away</span>
          <input type="text" name="remove" autocomplete="off" />
        </label>
        <p class="muted" data-now />
      </Ask>
      <Ask id="ask-note" title="Note and group" does="Save">
        <label>
          <span>Note</span>
          <textarea name="note" rows={4} autocomplete="off" />
        </label>
        <label>
          <span>Group</span>
          <input type="text" name="group" autocomplete="off" />
        </label>
        <p class="muted">
          What is emptied is taken away; what is left as it is stays.
        </p>
      </Ask>
      <Ask id="ask-delete" title="Delete" does="Delete">
        <p>
          Nothing finds deleted runs any more but “Show: those deleted”, which
          brings them back until <code>deno task clean</code>.
        </p>
        <p class="muted dependents" data-now />
      </Ask>
    </>
  );
}

function Ask(
  { id, title, does, children }: {
    id: string;
    title: string;
    /** What the button says that does it. */
    does: string;
    children: ComponentChildren;
  },
): VNode {
  return (
    <dialog id={id} class="ask" aria-labelledby={`${id}-title`}>
      <form method="dialog">
        <h2 id={`${id}-title`}>{title}</h2>
        {children}
        <p class="is-fault" role="alert" data-fault />
        <div class="ask-buttons">
          <button type="button" data-cancel>Cancel</button>
          <button type="submit" class="primary">{does}</button>
        </div>
      </form>
    </dialog>
  );
}
