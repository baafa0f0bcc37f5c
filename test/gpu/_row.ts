/**
 * A row of `bench gpu`, without JAX, which no ratio needs:
 *
 *     deno run -A test/gpu/_row.ts PYTHON NAME
 *
 * @module
 */
import { bench } from "@test/bench/gpu.ts";

const [python, name] = Deno.args as [string, string];
const rows = await bench({
  python,
  only: [name],
  isBrief: true,
  note: (line) => console.error(line),
});
console.log(JSON.stringify(rows));
