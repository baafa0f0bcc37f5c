import { match, ok, strictEqual, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
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
  const said = failureOf(error, { what: "train_step", client: full });
  ok(said instanceof ExperimentError);
  match(
    said.message,
    /^Cannot run train_step: .*3\.0 GiB in use of 4\.0 GiB; Out of memory allocating 9 bytes\.\)$/,
  );
  strictEqual(said.where, "NVIDIA H200");
  match(said.fix, /train\.batch.*sampler\.patchVox.*recompute.*bf16/);
  strictEqual(said.cause, error);
});

Deno.test("failureOf() of a card that was lost says how to go on", () => {
  const error = new PjrtError("CUDA_ERROR_ECC_UNCORRECTABLE", "INTERNAL", {
    call: "Event_Await",
  });
  const said = failureOf(error, { what: "what is read", client: gone });
  ok(said instanceof ExperimentError);
  match(
    said.message,
    /the device failed \(INTERNAL: CUDA_ERROR_ECC_UNCORRECTABLE\)$/,
  );
  match(said.fix, /deno task resume/);
});

Deno.test("failureOf() of memory does not fail itself where the card is gone", () => {
  const error = new PjrtError("none left", "RESOURCE_EXHAUSTED", { call: "x" });
  const said = failureOf(error, { what: "train_step", client: gone });
  match((said as Error).message, /does not tell; none left/);
});

Deno.test("guarded() passes on what is no failure of the plugin", () => {
  const mine = new TypeError("mine");
  throws(() =>
    guarded({ what: "x", client: full }, () => {
      throw mine;
    }), (error) => error === mine);
  strictEqual(guarded({ what: "x", client: full }, () => 7), 7);
});

Deno.test("gibibytes() keeps one place", () => {
  strictEqual(gibibytes(5.25 * 2 ** 30), "5.3 GiB");
});
