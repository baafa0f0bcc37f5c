/**
 * Runs a saved executable of the program `scaleAndTranspose` in a process of
 * its own, and prints the bytes of its outputs.
 *
 * @module
 */
import { cpuClient } from "./pjrt.ts";
import { floats } from "./pjrt_programs.ts";

using client = cpuClient();
const executable = client.load(Deno.readFileSync(Deno.args[0]!));
const { outputs } = executable.execute([[
  floats(client, [1, 2, 3, 4, 5, 6], { shape: [2, 3] }),
  floats(client, [1 / 3], { shape: [] }),
]]);
console.log(JSON.stringify(outputs[0]!.map((output) => [...output.readNow()])));
