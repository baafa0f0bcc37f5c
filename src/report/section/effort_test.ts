import { deepEqual, equal } from "node:assert/strict";
import { seeSection } from "../_reading_testing.ts";
import { makeMeasured, makeReport } from "../_testing.ts";

const run = (
  day: number,
  ap: number,
  { minutes = day, memoryMiB = 100 } = {},
) =>
  makeMeasured({
    id: `run-${day}`,
    seed: day,
    plan: JSON.stringify({ spec: {}, memoryMiB }),
    startedAt: `2026-11-0${day}T10:00:00Z`,
    finishedAt: `2026-11-0${day}T10:${`${minutes}`.padStart(2, "0")}:00Z`,
  }, { metrics: { ap } });

const see = (...runs: Parameters<typeof makeReport>[0]) =>
  seeSection({ type: "effort" }, makeReport(runs));

Deno.test("effort draws what was best so far, as stairs", () => {
  const { html, lines } = see(
    run(1, 0.2),
    run(2, 0.5),
    run(3, 0.3),
    run(4, 0.8),
  );
  const [, stairs] = /best-line"[^>]* d="([^"]+)"/.exec(html)!;
  equal(stairs!.match(/V/g)?.length, 2); // the second and the fourth are better
  deepEqual(lines.filter((line) => /^\d{4}-/.test(line)), [
    ...["2026-11-01", "2026-11-02", "2026-11-04"],
  ]);
});

Deno.test("effort draws memory where it differs, and leaves out two runs", () => {
  const equalOnes = see(run(1, 0.2), run(2, 0.5), run(3, 0.3));
  equal(equalOnes.lines.includes("What it took in memory"), false);
  const other = run(3, 0.3, { memoryMiB: 200 });
  const unequal = see(run(1, 0.2), run(2, 0.5), other);
  equal(unequal.lines.includes("estimated by the plan"), true);
  deepEqual(see(run(1, 0.2), run(2, 0.5)).lines, []);
});
