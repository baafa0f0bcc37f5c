import { deepStrictEqual, doesNotMatch, match } from "node:assert";
import { Progress } from "./progress.ts";

const event = (step: number) => ({
  step,
  loss: step,
  terms: [step],
  factors: [1],
  gradientNorm: null,
  learningRate: 1,
  stepMs: 10,
  waitMs: 1,
  fault: null,
  isSkipped: false,
  samples: [],
});

/** The lines of a training of ten steps from one on; only the last is due. */
function linesOf(from: number, totalSteps = 10): readonly string[] {
  const lines: string[] = [];
  const progress = new Progress({
    ...{ totalSteps, batch: 2, voxelsPerStep: 1000, isTerminal: false },
    termNames: ["bce"],
  }, (line) => lines.push(line));
  for (let step = from; step <= totalSteps; step++) progress.step(event(step));
  return lines;
}

Deno.test("Progress shows the first step and the last, with means since the line before", () => {
  const [first, last, ...others] = linesOf(1);
  deepStrictEqual(others, []);
  match(
    first!,
    /^step 1\/10 · 2 samples · loss 1\.0000 \(BCE 1\.0000\) · 0\.10 /,
  );
  match(
    last!,
    /^step 10\/10 · 20 samples · loss 6\.0000 .* · wait 10\.0 % · ETA 0 s$/,
  );
});

Deno.test("Progress shows no time left before five steps after the first have told it", () => {
  doesNotMatch(linesOf(1)[0]!, /ETA/);
  doesNotMatch(linesOf(6).at(-1)!, /ETA/);
  match(linesOf(5).at(-1)!, /ETA 0 s$/);
});

Deno.test("Progress shows at once what is measured before there was a step, then no more than steps", () => {
  const lines: string[] = [];
  const progress = new Progress({
    ...{ totalSteps: 9, batch: 2, voxelsPerStep: 1000, isTerminal: false },
    termNames: ["bce"],
  }, (line) => lines.push(line));
  for (const tile of [1, 2]) progress.measuring(`a, tile ${tile} of 2`);
  progress.step(event(1));
  deepStrictEqual(lines, ["measuring a, tile 1 of 2"]);
});

/** What is written to a terminal, or to a file, by a training that pauses. */
function writtenBy(isTerminal: boolean): { file: string[]; terminal: string } {
  const file: string[] = [];
  let terminal = "";
  const write = Deno.stderr.writeSync;
  Deno.stderr.writeSync = (bytes) => {
    terminal += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    const progress = new Progress({
      ...{ totalSteps: 2, batch: 1, voxelsPerStep: 1, isTerminal },
      termNames: [],
    }, (line) => file.push(line));
    progress.pause(); // nothing is there to be ended
    progress.step(event(1));
    progress.step(event(2));
    progress.pause();
  } finally {
    Deno.stderr.writeSync = write;
  }
  return { file, terminal };
}

Deno.test("Progress has one living line on a terminal, which a pause ends", () => {
  const { file, terminal } = writtenBy(true);
  deepStrictEqual(file, []);
  const [before, first, last, end] = terminal.split("\r\x1b[K");
  deepStrictEqual([before, end], ["", ""]);
  match(first!, /^step 1\/2 /);
  match(last!, /^step 2\/2 /);
});

Deno.test("Progress writes plain lines where there is no terminal", () => {
  const { file, terminal } = writtenBy(false);
  deepStrictEqual([file.length, terminal], [2, ""]);
});

/** When something is shown of steps that take a second each, and what. */
function shownAt(isTerminal: boolean, everyMs: number): readonly string[] {
  let ms = 5000;
  const lines: string[] = [];
  const write = Deno.stderr.writeSync;
  Deno.stderr.writeSync = (bytes) => {
    const text = new TextDecoder().decode(bytes);
    lines.push(`${ms} ${text.replace("\r\x1b[K", "")}`);
    return bytes.length;
  };
  try {
    const progress = new Progress({
      ...{ totalSteps: 100, batch: 1, voxelsPerStep: 2_000_000, isTerminal },
      ...{ termNames: [], nowMs: () => ms },
    }, (line) => lines.push(`${ms} ${line}`));
    for (let step = 1; step <= 21; step++, ms += everyMs) {
      progress.step({ ...event(step), loss: step, stepMs: 10, waitMs: 4 });
    }
  } finally {
    Deno.stderr.writeSync = write;
  }
  return lines;
}

Deno.test("Progress shows a step each ten seconds in a file, five times a second on a terminal", () => {
  deepStrictEqual(shownAt(false, 1000), [
    "5000 step 1/100 · 1 samples · loss 1.0000 () · 200.00 Mvoxel/s · wait 40.0 %",
    "15000 step 11/100 · 11 samples · loss 6.5000 () · 200.00 Mvoxel/s · " +
    "wait 40.0 % · ETA 1 min 29 s",
    "25000 step 21/100 · 21 samples · loss 16.5000 () · 200.00 Mvoxel/s · " +
    "wait 40.0 % · ETA 1 min 19 s",
  ]);
  deepStrictEqual(
    shownAt(true, 100).map((line) => line.split(" · ")[0]),
    [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21]
      .map((step) => `${4900 + 100 * step} step ${step}/100`),
  );
});
