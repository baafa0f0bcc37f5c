import { deepStrictEqual } from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { MetricPoint } from "@/record/mod.ts";
import { MachineRecording } from "./machine_recording.ts";

/** Takes what is recorded, at whatever step a training has come to. */
class Heard {
  step = 0;
  readonly points: MetricPoint[] = [];

  metrics(points: readonly MetricPoint[]): void {
    this.points.push(...points);
  }

  of(name: string): readonly MetricPoint[] {
    return this.points.filter((point) => point.name === `system.${name}`);
  }
}

const watched = { cards: 0, folder: "." };
const before = { "system.peakMemoryMiB": 2 ** 30 };

Deno.test("MachineRecording records one reading of a run of a moment, at its last step", () => {
  const heard = new Heard();
  {
    using machine = new MachineRecording(heard, { watched, before });
    heard.step = 7;
    machine.end();
  }
  const [peak, ...others] = heard.of("peakMemoryMiB");
  deepStrictEqual(peak, {
    ...{ split: "train", name: "system.peakMemoryMiB" },
    ...{ step: 7, value: 2 ** 30 },
  });
  deepStrictEqual(others, []);
});

Deno.test("MachineRecording records while a training goes on, no step twice", async () => {
  const heard = new Heard();
  using _machine = new MachineRecording(heard, {
    ...{ watched, before: {}, everyMs: 1 },
  });
  const stepsHeard = () => heard.of("memoryMiB").map(({ step }) => step);
  await setTimeout(5);
  deepStrictEqual(stepsHeard(), []); // no step has come to its end
  for (const step of [1, 2]) {
    heard.step = step;
    while (!stepsHeard().includes(step)) await setTimeout(1);
    await setTimeout(5);
  }
  deepStrictEqual(stepsHeard(), [1, 2]);
});
