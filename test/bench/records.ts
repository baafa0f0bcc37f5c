import { join } from "node:path";
import { openRecords, type Records } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { makeCollection } from "./collection.ts";
import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  runOurs,
  runPeer,
} from "./harness.ts";

const names = ["loss", "loss.bce", "loss.dice", "learningRate"];

/**
 * Records against MLflow on SQLite, which is given a part of the work and its
 * time scaled, as the whole would take minutes.
 */
export function bench(options: BenchOptions): Promise<BenchRow[]> {
  return inTemporaryFolder((folder) => {
    const { seconds = 1 } = options;
    const ours = (name: string) =>
      runOurs("our_records.ts", [name, folder, `${seconds}`]);
    const peer = (name: string) =>
      runPeer(options, { script: "peer_records.py", args: [name] });
    const written = ours("write");
    {
      using records = openRecords(folder);
      for (let run = 0; run < 100; run++) writeRun(records, 10);
    }
    const page = ours("report");
    const large = join(folder, "large");
    makeCollection(large, { runs: 1000, steps: 10_000 });
    const ofLarge = (name: string) =>
      runOurs("our_records.ts", [name, large, `${seconds}`]);
    const largePage = ofLarge("page"), live = ofLarge("ui");
    return [
      benchRow(
        "write 100,000 points in batches of 1,000, against MLflow's 2,000 × 50",
        { ours: written, peer: peer("write") },
      ),
      benchRow("read 100 runs × 10,000 points, against MLflow's 1 run × 100", {
        ours: ours("read"),
        peer: peer("read"),
      }),
      benchRow(
        "charts of 100 runs × 10,000 points, 320 a line, against MLflow's 1 run × 100",
        { ours: ours("chart"), peer: peer("chart") },
      ),
      benchRow("read the machine once, which runs do every 5 s", {
        ours: ours("machine"),
        peer: null,
      }),
      benchRow("report of 100 runs × 10,000 points (MLflow has none)", {
        ours: page,
        peer: null,
      }),
      {
        ...benchRow("size of that report", {
          ours: null,
          peer: null,
          unit: "bytes",
        }),
        ours: page.value!,
      },
      benchRow(
        "list with a condition, of 1,000 runs × 60,000 points, against MLflow's of 1,000 × 6",
        { ours: ofLarge("list"), peer: peer("search") },
      ),
      {
        ...benchRow("first paint of the live page of those 1,000 runs", {
          ours: null,
          peer: null,
        }),
        ours: live.value!,
      },
      benchRow("page of 100 runs × 60,000 points chosen of them", {
        ours: largePage,
        peer: null,
      }),
      {
        ...benchRow("size of that page", {
          ours: null,
          peer: null,
          unit: "bytes",
        }),
        ours: largePage.value!,
      },
    ];
  });
}

/** Records a run of four metrics in batches of 1,000 points. */
export function writeRun(records: Records, batches: number): void {
  using recorder = records.startRun(newRun());
  const steps = 1000 / names.length;
  for (let batch = 0; batch < batches; batch++) {
    recorder.metrics(
      Array.from({ length: 1000 }, (_, i) => {
        const step = batch * steps + Math.floor(i / names.length) + 1;
        const name = names[i % names.length]!;
        const noise = (batch * 1000 + i) * 7919 % 1000 / 1000;
        return { split: "train", name, step, value: 100 / step + noise };
      }),
    );
  }
  recorder.finish("finished");
}
