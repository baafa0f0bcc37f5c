import { deepStrictEqual } from "node:assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";
import { tinyExperiment, Workplace } from "@test/e2e/_run.ts";
import { type AcceptanceOptions, type Finding, verdictOf } from "./_finding.ts";

const mostWaiting = 0.03;

/**
 * A run from the command line, `experiments/vnc/mixloss.yaml` where its data are
 * at hand: how long it waits for data, what NVML tells of the card, whether
 * `rerun` gives it again, and `resume` after SIGKILL.
 */
export async function* runsAgain(
  { gpu, env }: AcceptanceOptions,
): AsyncIterable<Finding> {
  const data = Deno.env.get("CLEFT_DATA") ?? join(projectFolder, "data");
  const hasVolume = existsSync(join(data, "vnc", "vnc_stack1.hdf"));
  using place = new Workplace({ ...env, CLEFT_DATA: data });
  const file = gpu
    ? join(projectFolder, "experiments", hasVolume ? "vnc" : "", "mixloss.yaml")
    : place.write(
      "tiny.yaml", // ends after the kill
      tinyExperiment.replace("volumeTotal: 24", "volumeTotal: 60"),
    );
  const words: readonly [string, ...string[]] = [
    ...[file, "--engine", "pjrt"] as const,
    ...gpu ? ["--set", "train.precision=bf16"] : [],
  ];
  const whole = await place.run(...words);
  const waiting = waitingOf(place, whole);
  yield {
    what: `waiting for data, ${file}`,
    found: `${(100 * waiting).toFixed(1)} %`,
    limit: gpu ? `< ${100 * mostWaiting} %` : undefined,
    verdict: gpu ? verdictOf(waiting < mostWaiting) : "told",
  };
  const told = ofCards(place, whole);
  yield {
    what: "what NVML told of the card",
    found: told.join(", ") || "nothing",
    verdict: gpu ? verdictOf(told.length > 0) : "told",
  };
  // Its exit code tells of a difference, too: what it says is what counts.
  const { out, err } = await place.cleft("rerun", whole);
  yield {
    what: "rerun",
    found: /^(identical|different).*$/m.exec(out)?.[0] ?? err.slice(-600),
    verdict: verdictOf(/^identical: /m.test(out)),
  };
  const running = place.start("run", ...words);
  await running.printed(/^step \d+: validation/m);
  running.kill("SIGKILL");
  await running.ended;
  const resumed = await place.well("resume", "last");
  yield {
    what: "resume after SIGKILL",
    found: /^Going on with .*$/m.exec(resumed)?.[0] ?? "it did not go on",
    verdict: verdictOf(isSame(place, whole)),
  };
}

/** The share of a run's time after its first steps that it waited for data. */
function waitingOf(place: Workplace, id: string): number {
  using records = place.records();
  const sum = (name: string) =>
    records.metrics(id, { name })
      .filter(({ step }) => step > 5)
      .reduce((total, { value }) => total + value, 0);
  return sum("speed.waitMs") / sum("speed.stepMs");
}

/** What a run recorded of the cards, at last. */
function ofCards(place: Workplace, id: string): readonly string[] {
  using records = place.records();
  return Object.entries(records.lastMetrics(id))
    .filter(([name]) => name.startsWith("train/system.gpu"))
    .map(([name, value]) => `${name.slice(13)} ${value.toPrecision(3)}`);
}

function isSame(place: Workplace, id: string): boolean {
  try {
    deepStrictEqual(place.traceOf("last"), place.traceOf(id));
    return true;
  } catch {
    return false;
  }
}
