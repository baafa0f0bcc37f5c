import { deepStrictEqual, throws } from "node:assert";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { testOnPlugin } from "@test/pjrt.ts";
import {
  floats,
  huge,
  quick,
  readFloats,
  scaleAndTranspose,
} from "@test/pjrt_programs.ts";
import type { DeviceBuffer } from "./buffer.ts";
import type { Client } from "./client.ts";
import { PjrtError } from "./pjrt_error.ts";

const values = [1, 2, 3, 4, 5, 6];

function inputs(client: Client, factor: number): DeviceBuffer[] {
  return [
    floats(client, values, { shape: [2, 3] }),
    floats(client, [factor], { shape: [] }),
  ];
}

function disposeAll(...lists: readonly (readonly DeviceBuffer[])[]): void {
  for (const buffer of lists.flat()) buffer[Symbol.dispose]();
}

testOnPlugin("Executable computes what its program says", async (client) => {
  using executable = await client.compile(scaleAndTranspose, quick);
  deepStrictEqual(executable.outputs, [
    { type: "f32", shape: [2, 3] },
    { type: "s32", shape: [3, 2] },
  ]);
  deepStrictEqual(executable.devices, [0]);
  for (const factor of [2, -3]) {
    const given = inputs(client, factor);
    const { outputs: [outputs], done } = executable.execute([given]);
    await done;
    const scaled = values.map((value) => value * factor);
    assertSameNumbers(readFloats(outputs![0]), scaled, "scaled");
    const turned: number[] = [];
    for (let x = 0; x < 3; x++) {
      for (let y = 0; y < 2; y++) turned.push(scaled[3 * y + x]!);
    }
    const found = new Int32Array(outputs![1]!.readNow().buffer);
    assertSameNumbers(found, turned, "transposed");
    disposeAll(given, outputs!);
  }
});

testOnPlugin(
  "Executable leaves inputs alone unless they are donated",
  (client) => {
    using executable = client.compileNow(scaleAndTranspose, quick);
    const given = inputs(client, 2);
    for (let time = 0; time < 3; time++) {
      const { outputs } = executable.execute([given]);
      assertSameNumbers(readFloats(outputs[0]![0]), [2, 4, 6, 8, 10, 12]);
      disposeAll(...outputs);
    }
    assertSameNumbers(readFloats(given[0]), values);
    disposeAll(given);
  },
);

testOnPlugin("Executable takes donated inputs away", (client) => {
  using executable = client.compileNow(scaleAndTranspose, quick);
  const given = inputs(client, 2);
  let [matrix] = given;
  for (let time = 0; time < 5; time++) {
    const { outputs: [[scaled, turned] = []] } = executable.execute(
      [[matrix!, given[1]!]],
      { donates: [0] },
    );
    assertEquals(matrix!.isDisposed, true);
    throws(() => matrix!.readNow(), TypeError);
    throws(() => executable.execute([[matrix!, given[1]!]]), TypeError);
    turned![Symbol.dispose]();
    matrix = scaled!;
  }
  assertSameNumbers(readFloats(matrix), values.map((value) => value * 32));
  disposeAll([matrix!, given[1]!]);
});

testOnPlugin("Executable refuses inputs that do not fit", (client) => {
  using executable = client.compileNow(scaleAndTranspose, quick);
  const given = inputs(client, 2);
  const [matrix, factor] = given;
  const wrong = [[], [matrix!], [...given, factor!], [factor!, matrix!]];
  for (const list of wrong) {
    throws(() => executable.execute([list]), PjrtError);
  }
  throws(() => executable.execute([]), PjrtError);
  throws(() => executable.execute([given, [matrix!]]), RangeError);
  throws(() => executable.execute([given, given]), PjrtError);
  disposeAll(given);
});

testOnPlugin("Executable tells that memory does not suffice", (client) => {
  using executable = client.compileNow(huge, quick);
  assertEquals(executable.memory()!.outputBytes, 2 ** 47);
  throws(
    () => executable.execute([[]]),
    (error) => error instanceof PjrtError && error.isOutOfMemory,
  );
});

testOnPlugin("Executable knows what memory it takes", (client) => {
  using executable = client.compileNow(scaleAndTranspose, quick);
  const { argumentBytes, outputBytes, aliasBytes } = executable.memory()!;
  assertEquals(argumentBytes, 4 * 6 + 4);
  assertEquals(aliasBytes, 4 * 6);
  // The two arrays; the plugin adds the pointers to them.
  assertEquals(outputBytes >= 2 * 4 * 6, true, `${outputBytes} bytes`);
});

testOnPlugin("Executable has the fingerprint of its program", (client) => {
  using one = client.compileNow(scaleAndTranspose, quick);
  using same = client.compileNow(scaleAndTranspose, quick);
  using other = client.compileNow(
    scaleAndTranspose.replace("multiply", "add"),
    quick,
  );
  assertEquals(one.fingerprint, same.fingerprint);
  assertEquals(one.fingerprint === other.fingerprint, false);
});

testOnPlugin("Executable shows its optimised program", (client) => {
  using executable = client.compileNow(scaleAndTranspose, quick);
  const text = new TextDecoder().decode(executable.optimizedProgram());
  assertEquals(text.includes("multiply"), true, "it multiplies");
});

testOnPlugin(
  "Executable gives the same bits after it was saved and loaded elsewhere",
  async (client) => {
    const folder = await Deno.makeTempDir();
    try {
      using executable = client.compileNow(scaleAndTranspose, quick);
      const path = `${folder}/saved`;
      await Deno.writeFile(path, executable.serialize());
      const given = inputs(client, 1 / 3);
      const { outputs } = executable.execute([given]);
      const here = outputs[0]!.map((output) => output.readNow());
      disposeAll(given, ...outputs);

      const { stdout, success } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--quiet", "--no-check", runSaved, path],
        stderr: "inherit",
      }).output();
      assertEquals(success, true, "the other process");
      const there = JSON.parse(new TextDecoder().decode(stdout));
      deepStrictEqual(there, here.map((bytes) => [...bytes]));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

const runSaved = new URL("../../../test/pjrt_run_saved.ts", import.meta.url)
  .pathname;

testOnPlugin("Executable cannot be used after it was disposed of", (client) => {
  const executable = client.compileNow(scaleAndTranspose, quick);
  executable[Symbol.dispose]();
  executable[Symbol.dispose]();
  throws(() => executable.serialize(), TypeError);
  throws(() => executable.execute([[]]), TypeError);
});
