import { rejects, throws } from "node:assert";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { testOnPlugin } from "@test/pjrt.ts";
import { failedBuffer } from "@test/pjrt_failed_buffer.ts";
import {
  floats,
  longLoop,
  quick,
  readFloats,
  sumOverDevices,
} from "@test/pjrt_programs.ts";
import type { Client } from "./client.ts";
import type { DeviceBuffer } from "./buffer.ts";
import { PjrtError } from "./pjrt_error.ts";

const TIMES = 10_000;

/** Whatever `longLoop` gives for the diagonal of a scaled identity. */
function diagonalAfter(times: number, scale: number): number {
  let value = scale;
  for (let i = 0; i < times; i++) value = Math.tanh(value * scale);
  return value;
}

function identity(client: Client, scale: number): DeviceBuffer {
  const values = Array.from(
    { length: 64 * 64 },
    (_, i) => i % 65 === 0 ? scale : 0,
  );
  return floats(client, values, { shape: [64, 64] });
}

testOnPlugin("Execution goes on while the event loop turns", async (client) => {
  using executable = await client.compile(longLoop(TIMES), quick);
  using input = identity(client, 2);
  const execution = executable.execute([[input]]);
  using output = execution.outputs[0]![0]!;
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  assertEquals(execution.isDone, false, "it returned at once");
  await execution.done;
  clearInterval(timer);
  assertEquals(execution.isDone, true);
  assertEquals(turns > 3, true, `${turns} turns of the event loop`);
  const expected = diagonalAfter(TIMES, 2);
  assertAlmostEquals(readFloats(output)[0]!, expected, 1e-4);
});

testOnPlugin(
  "Execution keeps inputs alive that are disposed of meanwhile",
  async (client) => {
    using executable = await client.compile(longLoop(TIMES), quick);
    const input = identity(client, 2);
    const execution = executable.execute([[input]]);
    input[Symbol.dispose]();
    assertEquals(client.live.buffers, 2, "input and output");
    using output = execution.outputs[0]![0]!;
    await execution.done;
    assertEquals(client.live.buffers, 1, "the output");
    const expected = diagonalAfter(TIMES, 2);
    assertAlmostEquals(readFloats(output)[65]!, expected, 1e-4);
  },
);

testOnPlugin(
  "Execution can follow on one that is under way",
  async (client) => {
    using executable = await client.compile(longLoop(1000), quick);
    using input = identity(client, 2);
    const first = executable.execute([[input]]);
    const second = executable.execute([first.outputs[0]!]);
    first.outputs[0]![0]![Symbol.dispose]();
    const [output] = second.outputs[0]!;
    const once = diagonalAfter(1000, 2);
    assertAlmostEquals(
      readFloats(output)[0]!,
      diagonalAfter(1000, once),
      1e-4,
    );
    output![Symbol.dispose]();
  },
);

testOnPlugin(
  "Execution can be waited for in both ways at once",
  async (client) => {
    using executable = await client.compile(longLoop(1000), quick);
    using input = identity(client, 2);
    const execution = executable.execute([[input]]);
    const { done } = execution;
    execution.wait();
    await done;
    await execution.done;
    execution.wait();
    execution.outputs[0]![0]![Symbol.dispose]();
  },
);

testOnPlugin(
  "Execution is collected though nobody waits for it",
  async (client) => {
    using executable = await client.compile(longLoop(10), quick);
    using input = identity(client, 2);
    for (let i = 0; i < 20; i++) {
      const execution = executable.execute([[input]]);
      execution.outputs[0]![0]![Symbol.dispose]();
      // Blocks until it is over, but does not end it.
      while (!execution.isDone) await new Promise((go) => setTimeout(go, 1));
    }
    client.collect();
    assertEquals(client.live.events, 0);
    assertEquals(client.live.buffers, 1, "the input");
  },
);

testOnPlugin("Execution tells of a failure to whoever asks", async (client) => {
  using executable = await client.compile(longLoop(10), quick);
  using input = failedBuffer(client, {
    message: "it went wrong",
    shape: [64, 64],
  });
  const isFailure = (error: unknown) =>
    error instanceof PjrtError && error.code === "INTERNAL" &&
    error.message.includes("it went wrong");
  const execution = executable.execute([[input]]);
  await rejects(execution.done, isFailure);
  await rejects(execution.done, isFailure);
  throws(() => execution.wait(), isFailure);
  using output = execution.outputs[0]![0]!;
  await rejects(() => output.read(), isFailure);
  throws(() => output.readNow(), isFailure);
});

testOnPlugin("Execution may fail unheard", async (client) => {
  using executable = await client.compile(longLoop(10), quick);
  using input = failedBuffer(client, { message: "unheard", shape: [64, 64] });
  const awaited = executable.execute([[input]]);
  awaited.done; // begins to wait, without a handler
  const ignored = executable.execute([[input]]);
  for (const { outputs } of [awaited, ignored]) {
    outputs[0]![0]![Symbol.dispose]();
  }
  await new Promise((go) => setTimeout(go, 20));
  client.collect();
  assertEquals(client.live.buffers, 1, "the input");
  await rejects(ignored.done, PjrtError);
});

testOnPlugin("Execution runs on several devices together", async (client) => {
  const count = client.devices.length;
  using executable = await client.compile(sumOverDevices(count), {
    ...quick,
    replicas: count,
  });
  assertSameNumbers(executable.devices, client.devices.map((d) => d.index));
  const given = executable.devices.map((device) =>
    floats(client, [1 + device, 10 * (1 + device), 0.5, -device], { device })
  );
  const { outputs, done } = executable.execute(given.map((input) => [input]));
  await done;
  const sum = [0, 0, 0, 0];
  for (let device = 0; device < count; device++) {
    [1 + device, 10 * (1 + device), 0.5, -device]
      .forEach((value, i) => sum[i]! += value);
  }
  outputs.forEach(([output], device) => {
    assertEquals(output!.device, executable.devices[device]);
    assertSameNumbers(readFloats(output), sum, `device ${device}`);
  });
  for (const buffer of [...given, ...outputs.flat()]) buffer[Symbol.dispose]();
});
