import { match, ok, strictEqual, throws } from "node:assert";
import { ExperimentError, RunError } from "@/core/mod.ts";
import { type Client, PjrtError } from "../pjrt/mod.ts";
import { failureOf, gibibytes, guarded } from "./failure.ts";

/** A client as far as failures ask it; its card may be gone. */
function clientOf(memory: () => ReturnType<Client["memory"]>): Client {
  return {
    devices: [{ kind: "NVIDIA H200" }],
    platform: "cuda",
    memory,
  } as unknown as Client;
}

const full = clientOf(() => ({
  inUse: 3 * 2 ** 30,
  peak: null,
  limit: 4 * 2 ** 30,
}));
const gone = clientOf(() => {
  throw new PjrtError("the card fell off the bus", "INTERNAL", {
    call: "Device_MemoryStats",
  });
});

Deno.test("failureOf() says of memory that does not suffice how much there is and what to lower", () => {
  const error = new PjrtError(
    "Out of memory allocating 9 bytes.\nmore",
    "RESOURCE_EXHAUSTED",
    {
      call: "LoadedExecutable_Execute",
    },
  );
  const said = failureOf(error, {
    doing: "run train_step",
    client: full,
    neededBytes: 2 ** 31,
  });
  ok(said instanceof ExperimentError);
  match(
    said.message,
    /^Cannot run train_step: .*it takes 2\.0 GiB; 3\.0 GiB in use of 4\.0 GiB; Out of memory allocating 9 bytes\.\)$/,
  );
  strictEqual(said.where, "NVIDIA H200");
  match(said.fix, /train\.batch.*sampler\.patchVox.*recompute.*bf16/);
  strictEqual(said.cause, error);
});

Deno.test("failureOf() of a card that was lost says how to go on", () => {
  const error = new PjrtError("CUDA_ERROR_ECC_UNCORRECTABLE", "INTERNAL", {
    call: "Event_Await",
  });
  const said = failureOf(error, { doing: "run x", client: gone });
  ok(said instanceof RunError);
  match(
    said.message,
    /^Cannot run x: the device failed \(INTERNAL: CUDA_ERROR_ECC_UNCORRECTABLE\)$/,
  );
  match(said.fix, /deno task resume/);
});

Deno.test("failureOf() of a program that no compiler takes does not blame the device", () => {
  const error = new PjrtError("no such custom call", "UNIMPLEMENTED", {
    call: "Client_Compile",
  });
  const said = failureOf(error, { doing: "compile train_step", client: full });
  ok(said instanceof ExperimentError && !(said instanceof RunError));
  match(said.message, /^Cannot compile train_step: the compiler refuses/);
  match(said.fix, /CLEFT_XLA_DUMP/);
});

Deno.test("failureOf() of memory does not fail itself where the card is gone", () => {
  const error = new PjrtError("none left", "RESOURCE_EXHAUSTED", { call: "x" });
  const said = failureOf(error, { doing: "run x", client: gone });
  match((said as Error).message, /does not tell; none left/);
});

Deno.test("guarded() passes on what is no failure of the plugin", () => {
  const mine = new TypeError("mine");
  throws(() =>
    guarded({ doing: "run x", client: full }, () => {
      throw mine;
    }), (error) => error === mine);
  strictEqual(guarded({ doing: "run x", client: full }, () => 7), 7);
});

Deno.test("gibibytes() keeps one place", () => {
  strictEqual(gibibytes(5.25 * 2 ** 30), "5.3 GiB");
});
