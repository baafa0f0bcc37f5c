import { rejects, throws } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { cpuPluginPath, testOnPlugin } from "@test/pjrt.ts";
import { floats, longLoop, quick, readFloats } from "@test/pjrt_programs.ts";
import { Client } from "./client.ts";
import { PjrtError } from "./pjrt_error.ts";
import { loadPlugin } from "./plugin.ts";

function newClient(): Client {
  return new Client(loadPlugin(cpuPluginPath()!));
}

const doubling = `
module {
  func.func public @main(%a: tensor<4xf32>) -> tensor<4xf32> {
    %b = stablehlo.add %a, %a : tensor<4xf32>
    return %b : tensor<4xf32>
  }
}`;

testOnPlugin("Client knows its platform and its devices", (client) => {
  assertEquals(client.platform, "cpu");
  assertEquals(client.devices.length > 0, true, "devices");
  client.devices.forEach(({ index, kind }, i) => {
    assertEquals(index, i);
    assertEquals(kind, "cpu");
  });
});

testOnPlugin("Client cannot tell the memory of a processor", (client) => {
  assertEquals(client.memory(), null);
  throws(() => client.memory(99), RangeError);
});

testOnPlugin("Client takes options", () => {
  const plugin = loadPlugin(cpuPluginPath()!);
  using client = new Client(plugin, { cpu_device_count: 2n });
  assertEquals(client.devices.length, 2);
});

testOnPlugin("Client.compile() lets the event loop turn", async (client) => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  using executable = await client.compile(longLoop(10), quick);
  clearInterval(timer);
  assertEquals(executable.outputs.length, 1);
  assertEquals(turns > 0, true, `${turns} turns of the event loop`);
});

testOnPlugin("Client frees what failing calls leave behind", async (client) => {
  const isError = (error: unknown) =>
    error instanceof PjrtError && error.message.length > 0 &&
    error.code !== "OK";
  throws(() => client.compileNow("module {"), isError);
  await rejects(client.compile("module {"), isError);
  await rejects(client.compile(""), isError);
  throws(
    () => client.compileNow(doubling, { flags: { no_such_flag: 1 } }),
    (error) => isError(error) && `${error}`.includes("no_such_flag"),
  );
  throws(() => client.compileNow(doubling, { replicas: 1000 }), isError);
  throws(() => client.load(new Uint8Array(100)), isError);
  throws(() => client.load(new Uint8Array(0)), isError);
  using executable = client.compileNow(doubling, quick);
  const saved = executable.serialize();
  throws(() => client.load(saved.slice(0, saved.length / 2)), isError);
  throws(() => executable.execute([[]]), isError);
  const { errors, events, buffers, executables } = client.live;
  assertEquals(errors + events + buffers, 0);
  assertEquals(executables, 1);
});

testOnPlugin(
  "Client frees all that is left when it is disposed of",
  async () => {
    const client = newClient();
    const executable = await client.compile(longLoop(5000), quick);
    const input = floats(client, Array(64 * 64).fill(0), { shape: [64, 64] });
    const { outputs } = executable.execute([[input]]);
    const { done } = executable.execute([[input]]);
    const reading = outputs[0]![0]!.read();
    assertEquals(client.live.buffers, 3);
    client[Symbol.dispose]();
    client[Symbol.dispose]();
    await done;
    assertEquals((await reading).every((byte) => byte === 0), true, "zeros");
    const { buffers, events, executables, errors } = client.live;
    assertEquals(buffers + events + executables + errors, 0);
    throws(() => input.readNow(), TypeError);
    throws(() => executable.execute([[]]), TypeError);
    throws(() => client.compileNow(doubling), TypeError);
  },
);

testOnPlugin(
  "Client gives up a compilation when it is disposed of",
  async () => {
    const client = newClient();
    const compiling = client.compile(longLoop(10), quick);
    client[Symbol.dispose]();
    await rejects(compiling, TypeError);
    assertEquals(client.live.executables, 0);
  },
);

testOnPlugin("Client leaves other clients of the plugin alone", (client) => {
  using input = floats(client, [1, 2, 3, 4]);
  using executable = client.compileNow(doubling, quick);
  newClient()[Symbol.dispose]();
  const { outputs: [[output] = []] } = executable.execute([[input]]);
  assertEquals(`${readFloats(output)}`, "2,4,6,8");
  output![Symbol.dispose]();
});
