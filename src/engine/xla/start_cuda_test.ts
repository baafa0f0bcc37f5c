import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { findDriver } from "./cards.ts";
import { cudaFault } from "./start_cuda.ts";

Deno.test("cudaFault() says that the driver's library is missing", () => {
  const { reason, fix } = cudaFault("libcuda_of_nobody.so.1")!;
  assertEquals(
    reason,
    "the driver's library libcuda_of_nobody.so.1 cannot be loaded",
  );
  match(fix, /docker run --gpus all/);
});

Deno.test("cudaFault() finds something wherever there is no driver", () => {
  const found = cudaFault();
  if (findDriver() === null) match(found!.reason, /cannot be loaded|not start/);
});
