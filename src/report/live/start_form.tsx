import type { VNode } from "preact";

/** Starts an experiment. */
export function StartForm(
  { experiments }: { experiments: readonly string[] },
): VNode {
  return (
    <details class="start needs-script">
      <summary>Start an experiment</summary>
      {experiments.length === 0
        ? (
          <p class="note">
            There is no experiment file below the folder that{" "}
            <code>deno task ui</code> was started in.
          </p>
        )
        : (
          <form id="start" method="dialog">
            <label>
              <span>File</span>
              <select name="file" autocomplete="off" required>
                {experiments.map((path) => (
                  <option key={path} value={path}>{path}</option>
                ))}
              </select>
            </label>
            <label>
              <span>Seed</span>
              <input
                type="number"
                name="seed"
                min={0}
                step={1}
                placeholder="the file’s"
                autocomplete="off"
              />
            </label>
            <label class="start-set">
              <span>Values to set, a line each</span>
              <textarea
                name="set"
                rows={2}
                placeholder="loss.terms[1].weight=2"
                autocomplete="off"
                spellcheck={false}
              />
            </label>
            <button type="submit" class="primary">Start</button>
          </form>
        )}
    </details>
  );
}
