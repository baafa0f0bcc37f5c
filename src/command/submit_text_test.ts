import { deepStrictEqual } from "node:assert/strict";
import { queueNamed } from "@/queue/mod.ts";
import type { RunState } from "@/record/mod.ts";
import { handedOverText, submittedText } from "./_submit_text.ts";

const given = { queue: queueNamed("slurm"), name: "loss", matrix: null };

/** Runs in a state, as they stood before. */
function standings(state: RunState, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    run: { id: `${state}${i + 1}`, state },
  }));
}

Deno.test("submittedText() says what was submitted and what was not, and how to stop it", () => {
  const submitted = {
    handedOver: {
      ...{ folder: "/r/queue/loss-1", jobs: ["7", "8"], endJob: "9", count: 1 },
      rung: null,
    },
    standings: [...standings("finished", 4), ...standings("failed", 1)],
    ...{ busy: [], gathering: [] },
  };
  deepStrictEqual(submittedText(submitted, given).split("\n").slice(0, 5), [
    "Submitted 1 run as 7, 8; at the end, 9 gathers them and writes the page",
    "4 runs finished before (finished1, finished2, finished3, …)",
    "  logs in       /r/queue/loss-1",
    "  see them by   deno task list loss",
    "  stop them by  scancel 7 8 9",
  ]);
  deepStrictEqual(
    submittedText({
      ...{ handedOver: null, busy: [{ job: "7_1" }], gathering: [] },
      standings: standings("running", 3),
    }, given),
    "Nothing to submit: 3 runs run by other processes (running1, running2, " +
      "running3), 1 run queued or running already (7_1)",
  );
});

Deno.test("handedOverText() says of a search which rung it is, and what follows", () => {
  const matrix = {
    search: {
      ...{ draw: "sobol", seed: 1 },
      rungs: [{ volume: 4, trials: 9 }, { volume: 12, trials: 3 }],
    },
  };
  const text = (rung: number, count = 3) =>
    handedOverText(
      { folder: "", jobs: ["7"], endJob: "8", count, rung },
      { matrix },
    );
  deepStrictEqual([text(1, 9), text(2), text(3, 1)], [
    "Submitted 9 runs, rung 1 of 2, as 7; at the end, 8 gathers them and " +
    "submits those that go on",
    "Submitted 3 runs, rung 2 of 2, as 7; at the end, 8 gathers them and " +
    "submits the best to be measured",
    "Submitted the chosen trial as 7; at the end, 8 gathers it and writes the page",
  ]);
});
