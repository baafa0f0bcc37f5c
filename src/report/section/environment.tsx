import type { ComponentChildren, VNode } from "preact";
import { canonicalJson } from "@/core/mod.ts";
import type { Environment, RunInput } from "@/record/mod.ts";
import { formatBytes, formatNumber, plural } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { aboutRuns } from "../part/about_runs.ts";
import { Programs } from "../part/programs.tsx";
import { RunSet } from "../part/run_set.tsx";
import { Scroll } from "../part/scroll.tsx";
import { SortHead } from "../part/sort_head.tsx";
import { defineSection } from "./_section.ts";

/** What decides whether a rerun can give the same bits. */
export const environment = defineSection({
  name: "environment",
  summary: "Engine, versions, machine, code and input files of the runs",
  options: {},
  create: () => ({
    id: "environment",
    title: "Environment",
    render(page) {
      if (page.runs.length === 0) return null;
      const machines = sharing(page.runs, ({ run }) => run.environment);
      const inputs = sharing(page.runs, ({ run }) => run.inputs)
        .filter(([inputs]) => inputs.length > 0);
      const all = (
        <>
          <div class="cards">
            {machines.map(([facts, runs]) => (
              <Machine page={page} facts={facts} runs={runs} />
            ))}
          </div>
          <Programs runs={page.runs} />
          {inputs.length > 0 && <h3>Input files</h3>}
          {inputs.map(([files, runs]) => (
            <Inputs page={page} files={files} runs={runs} />
          ))}
        </>
      );
      return page.runs.length <= mostOpen ? all : (
        <details>
          <summary>
            {[
              ...new Set(machines.map(([{ engine }]) => engine)),
              ...new Set(machines.map(([{ gpu, cpu }]) => gpu ?? cpu)),
              plural(
                new Set(machines.map(([{ commit }]) => commit)).size,
                "state of the code",
                "states of the code",
              ),
              plural(
                inputs.length,
                "set of input files",
                "sets of input files",
              ),
            ].join(" · ")}
          </summary>
          {all}
        </details>
      );
    },
  }),
});

/** Of more runs than this, only a summary is seen without being asked. */
const mostOpen = 6;

/** Equal values with the runs that have them. */
function sharing<T>(
  runs: readonly PageRun[],
  valueOf: (run: PageRun) => T,
): [T, PageRun[]][] {
  const groups = new Map<string, [T, PageRun[]]>();
  for (const run of runs) {
    const value = valueOf(run);
    const key = canonicalJson(value);
    const group = groups.get(key);
    if (group) group[1].push(run);
    else groups.set(key, [value, [run]]);
  }
  return [...groups.values()];
}

function Machine(
  { page, facts, runs }: {
    page: Page;
    facts: Environment;
    runs: readonly PageRun[];
  },
): VNode {
  return (
    <article class="card" data-runs={aboutRuns(runs)}>
      {page.runs.length > 1 && (
        <header>
          <RunSet page={page} runs={runs} />
        </header>
      )}
      <dl>
        <Fact name="Engine">
          <strong>{facts.engine}</strong>, {plural(facts.threads, "thread")}
        </Fact>
        <Fact name="Devices">{facts.devices.join(", ") || "–"}</Fact>
        <Fact name="Processor">{facts.cpu}</Fact>
        <Fact name="Graphics">{facts.gpu ?? "none"}</Fact>
        <Fact name="System">{facts.os}</Fact>
        <Fact name="Versions">
          {Object.entries(facts.versions).map(([name, version]) => (
            <span class="version">
              {name} <code>{version}</code>
            </span>
          ))}
        </Fact>
        <Fact name="Code">
          {facts.commit === null
            ? "outside a repository"
            : <code title={facts.commit}>{facts.commit.slice(0, 12)}</code>}
          {facts.dirtyDiff !== "" && (
            <span class="badge is-caution">uncommitted changes</span>
          )}
        </Fact>
        <Fact name="deno.lock">
          <code title={facts.lockfileSha256}>
            {facts.lockfileSha256.slice(0, 12) || "–"}
          </code>
        </Fact>
      </dl>
      {facts.dirtyDiff !== "" && <Diff diff={facts.dirtyDiff} />}
    </article>
  );
}

function Fact(
  { name, children }: { name: string; children: ComponentChildren },
): VNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Most lines of a diff that are shown. */
const mostDiffLines = 400;

function Diff({ diff }: { diff: string }): VNode {
  const lines = diff.replace(/\n$/, "").split("\n");
  const shown = lines.slice(0, mostDiffLines);
  return (
    <details>
      <summary>Uncommitted changes, {plural(lines.length, "line")}</summary>
      <pre class="diff" tabindex={0}>
        {shown.map((line) => (
          <span class={diffClass(line)}>{`${line}\n`}</span>
        ))}
      </pre>
      {shown.length < lines.length && (
        <p class="note">
          The first {formatNumber(shown.length)} of {formatNumber(lines.length)}
          {" "}
          lines; the record holds all.
        </p>
      )}
    </details>
  );
}

function diffClass(line: string): string | undefined {
  if (/^(\+\+\+|---|diff |index )/.test(line)) return "file";
  return { "+": "added", "-": "removed", "@": "place" }[line.charAt(0)];
}

function Inputs(
  { page, files, runs }: {
    page: Page;
    files: readonly RunInput[];
    runs: readonly PageRun[];
  },
): VNode {
  return (
    <Scroll label="Input files">
      <table class="inputs sortable" data-runs={aboutRuns(runs)}>
        {page.runs.length > 1 && (
          <caption>
            <RunSet page={page} runs={runs} />
          </caption>
        )}
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Role</SortHead>
            <SortHead sorting={{ by: "text" }}>File</SortHead>
            <SortHead sorting={{ by: "number", first: "descending" }}>
              Size
            </SortHead>
            <SortHead sorting={{ by: "text" }}>SHA-256</SortHead>
          </tr>
        </thead>
        <tbody>
          {files.map(({ role, path, bytes, sha256 }) => (
            <tr>
              <th scope="row" data-value={role}>
                <code>{role}</code>
              </th>
              <td data-value={path}>
                <code>{path}</code>
              </td>
              <td class="number" data-value={bytes}>{formatBytes(bytes)}</td>
              <td data-value={sha256}>
                <code class="hash">{sha256}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
