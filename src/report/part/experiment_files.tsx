import type { VNode } from "preact";
import { experimentYaml, sharedLines } from "../experiment_yaml.ts";
import { bestScore, type Page, type PageRun } from "../page.ts";
import { InlineData } from "./inline_data.tsx";

/** Where a link to the experiments leads, which unfolds them. */
const place = "experiment-text";

/** Says where the experiments are as files, if the runs tell theirs. */
export function ExperimentLink({ page }: { page: Page }): VNode | null {
  const isThere = page.runs.some(({ run }) => experimentYaml(run.plan));
  return isThere
    ? (
      <>
        Or take the <a href={`#${place}`}>experiments as YAML</a>.
      </>
    )
    : null;
}

/** The experiments of the runs as files, the best run's first. */
export function ExperimentFiles({ page }: { page: Page }): VNode | null {
  const told = page.runs.flatMap((run) => {
    const yaml = experimentYaml(run.run.plan);
    return yaml === null ? [] : [{ run, yaml }];
  });
  if (told.length === 0) return null;
  const best = bestScore(page)?.score.run;
  const first = told.find(({ run }) => run.index === best?.index) ?? told[0]!;
  return (
    <details>
      <summary>
        {told.length === 1 ? "The experiment" : `${told.length} experiments`}
        {" "}
        as YAML, every default written out
      </summary>
      <div class="control-row">
        {told.length > 1 && (
          <label class="select needs-script">
            <span>Run</span>
            <select id="experiment-run" autocomplete="off">
              {told.map((one, i) => (
                <option value={i} selected={one === first}>
                  {one.run.label}
                </option>
              ))}
            </select>
          </label>
        )}
        <a
          id="experiment-link"
          download={fileOf(first.run)}
          href={`data:text/yaml;charset=utf-8,${
            encodeURIComponent(first.yaml)
          }`}
        >
          Save the file
        </a>
        <button type="button" id="experiment-copy" class="needs-script">
          Copy
        </button>
      </div>
      <pre id={place} tabindex={0}>{first.yaml}</pre>
      <InlineData
        id="experiment-data"
        value={{
          ...sharedLines(told.map(({ yaml }) => yaml)),
          files: told.map(({ run }) => fileOf(run)),
        }}
      />
    </details>
  );
}

function fileOf({ run }: PageRun): string {
  return `${run.id}.yaml`;
}
