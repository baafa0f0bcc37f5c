/** Opens the engine named by the first argument and prints what it is and what it trains to. */
import { openEngine, selfTest } from "@/engine/mod.ts";

const [kind, threads] = Deno.args;
using engine = await openEngine({
  engine: kind as "auto" | "tensorflow" | "embedded",
  threads: Number(threads),
  precision: "fp32",
  eager: false,
  notify: (line) => console.error(line),
});
console.log(JSON.stringify({ facts: engine.facts, test: selfTest(engine) }));
