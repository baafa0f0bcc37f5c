import type { VNode } from "preact";
import type { EngineRecord } from "@/record/mod.ts";
import { formatBytes } from "../format.ts";
import type { PageRun } from "../page.ts";
import { Scroll } from "./scroll.tsx";
import { SortHead } from "./sort_head.tsx";

/** What was compiled for devices, of runs whose engine does so. */
export function Programs(
  { runs: all }: { runs: readonly PageRun[] },
): VNode | null {
  const runs = all.filter(({ engine }) => engine !== null);
  if (runs.length === 0) return null;
  return (
    <>
      <h3>Programs</h3>
      <Scroll label="Programs">
        <table class="inputs sortable">
          <thead>
            <tr>
              <SortHead sorting={{ by: "text" }}>Run</SortHead>
              <SortHead sorting={{ by: "text" }}>Precision</SortHead>
              <SortHead sorting={{ by: "text" }}>Compiled</SortHead>
              <SortHead sorting={{ by: "text" }}>Loaded</SortHead>
              <SortHead sorting={{ by: "number", first: "descending" }}>
                Peak memory
              </SortHead>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ index, label, engine }) => (
              <tr data-run={index}>
                <th scope="row" data-value={label}>{label}</th>
                <td data-value={engine!.precision}>{engine!.precision}</td>
                <ProgramsCell engine={engine!} origin="compiled" />
                <ProgramsCell engine={engine!} origin="loaded" />
                <td class="number" data-value={engine!.peakBytes ?? undefined}>
                  {engine!.peakBytes === null
                    ? "–"
                    : formatBytes(engine!.peakBytes)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function ProgramsCell(
  { engine: { programs }, origin }: {
    engine: EngineRecord;
    origin: "compiled" | "loaded";
  },
): VNode {
  const text = programs.filter((program) => program.origin === origin)
    .map(({ name, seconds }) => `${name} in ${seconds.toFixed(1)} s`)
    .join(", ");
  return <td data-value={text || undefined}>{text || "–"}</td>;
}
