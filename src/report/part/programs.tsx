import type { VNode } from "preact";
import type { EngineRecord } from "@/record/mod.ts";
import { formatBytes } from "../format.ts";
import type { PageRun } from "../page.ts";
import { Scroll } from "./scroll.tsx";

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
        <table class="inputs">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Precision</th>
              <th scope="col">Compiled</th>
              <th scope="col">Loaded</th>
              <th scope="col" class="number">Peak memory</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ index, label, engine }) => (
              <tr data-run={index}>
                <th scope="row">{label}</th>
                <td>{engine!.precision}</td>
                <td>{programText(engine!, "compiled")}</td>
                <td>{programText(engine!, "loaded")}</td>
                <td class="number">
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

function programText(
  { programs }: EngineRecord,
  origin: "compiled" | "loaded",
): string {
  return programs.filter((program) => program.origin === origin)
    .map(({ name, seconds }) => `${name} in ${seconds.toFixed(1)} s`)
    .join(", ") || "–";
}
