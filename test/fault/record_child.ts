/**
 * A process that records, for tests that kill it, lock it out or run several:
 * `deno run -A record_child.ts <what> <results folder> [number]`. It prints a
 * line after each thing that must then survive.
 */
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { openRecords, type Recorder } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";

const [what, folder, number] = Deno.args as [string, string, string?];
const say = (line: string | number) =>
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));

switch (what) {
  case "metrics":
    withRun((recorder) => {
      for (let step = 1;; step++) {
        recorder.metric({ split: "train", name: "a", step, value: step / 3 });
        recorder.metric({ split: "train", name: "b", step, value: NaN });
        if (step % 50 !== 0) continue;
        recorder.flush();
        say(step);
      }
    });
    break;
  case "checkpoints":
    withRun((recorder) => {
      for (let step = 1;; step++) {
        const bytes = new Uint8Array(1024 * 1024).fill(step);
        recorder.metric({ split: "train", name: "a", step, value: step });
        recorder.artifact("checkpoint/last", "application/x-test", bytes);
        say(step);
      }
    });
    break;
  case "points":
    withRun((recorder) => {
      for (let step = 1; step <= Number(number); step++) {
        recorder.metric({ split: "train", name: "a", step, value: step });
        if (step % 10 === 0) recorder.flush();
      }
      recorder.finish("finished");
      say(recorder.run.id);
    });
    break;
  case "lock": {
    using db = new DatabaseSync(join(folder, "runs.sqlite"), { timeout: 5000 });
    db.exec("BEGIN IMMEDIATE");
    say("locked");
    await new Promise((done) => setTimeout(done, Number(number)));
    db.exec("COMMIT");
    break;
  }
  default:
    throw new TypeError(`Cannot do "${what}"`);
}

function withRun(body: (recorder: Recorder) => void): void {
  using records = openRecords(folder);
  using recorder = records.startRun(newRun());
  body(recorder);
}
