import { deepStrictEqual, match } from "node:assert/strict";
import { testOnDevices } from "@test/devices.ts";
import { assertEquals } from "@test/helpers.ts";
import { cpuPluginPath } from "@test/pjrt.ts";
import { quickEnvironment } from "@test/quick_flags.ts";
import { Workplace } from "./_run.ts";

const short = ["--set", "train.volumeTotal=12"];

/** A place where the engine pjrt has the virtual devices of the processor's plugin. */
function openPlace(): Workplace {
  return new Workplace({
    ...quickEnvironment,
    CLEFT_PJRT_PLUGIN: cpuPluginPath()!,
  });
}

testOnDevices(
  "a run on two devices is recorded, and repeats itself to the bit",
  async () => {
    using place = openPlace();
    const id = await place.run(
      ...["tiny.yaml", "--engine", "pjrt"],
      ...["--set", "train.devices=2", ...short],
    );
    match(await place.well("rerun", id), /^identical: /m);
    deepStrictEqual(place.traceOf("last"), place.traceOf(id));
    using records = place.records();
    for (const name of [id, "last"]) {
      const { engine, devices } = records.run(name).environment;
      deepStrictEqual([engine, devices], ["pjrt", ["cpu", "cpu"]]);
    }
  },
);

testOnDevices(
  "devices that cannot share a batch are refused, and nothing is recorded",
  async () => {
    using place = openPlace();
    const refusals = [
      {
        words: ["--engine", "pjrt", "--set", "train.devices=3"],
        error: "Cannot divide batches of 2 samples over 3 devices\n" +
          "  at   train.devices\n" +
          "  fix  Set train.batch to 3, or train.devices to a divisor of 2\n",
      },
      {
        words: [
          ...["--engine", "pjrt", "--set", "train.devices=8"],
          ...["--set", "train.batch=8"],
        ],
        error: "Cannot divide batches over 8 devices as there are 4 (cpu)\n" +
          "  at   train.devices\n" +
          "  fix  Set it to 4 or less\n",
      },
      ...["tensorflow", "embedded"].map((engine) => ({
        words: ["--engine", engine, "--set", "train.devices=2"],
        error:
          `Cannot divide batches over 2 devices: the engine ${engine} has one, only the engine pjrt can have several\n` +
          "  at   train.devices\n" +
          "  fix  Set it to 1, or use --engine pjrt where there are several\n",
      })),
    ];
    const ended = await Promise.all(
      refusals.map(({ words }) => place.cleft("run", "tiny.yaml", ...words)),
    );
    ended.forEach(({ code, err }, i) => {
      assertEquals(code, 2);
      assertEquals(err, refusals[i]!.error);
    });
    deepStrictEqual(
      place.files().filter((path) => path.startsWith("results")),
      [],
    );
  },
);
