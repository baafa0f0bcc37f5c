import { assertEquals } from "@test/helpers.ts";
import { workersFor } from "./workers.ts";

const asked = { workers: 2, ahead: 4 };

Deno.test("workersFor() is what was asked for on processors", () => {
  assertEquals(workersFor(asked, { gpu: null, cores: 16 }), 2);
});

Deno.test("workersFor() keeps a card busy where nothing else was asked for", () => {
  const gpu = "NVIDIA H200";
  assertEquals(workersFor(asked, { gpu, cores: 16 }), 5);
  assertEquals(workersFor(asked, { gpu, cores: 4 }), 3);
  assertEquals(workersFor(asked, { gpu, cores: 1 }), 2);
  assertEquals(workersFor({ ...asked, workers: 0 }, { gpu, cores: 16 }), 0);
  assertEquals(workersFor({ ...asked, workers: 12 }, { gpu, cores: 16 }), 12);
});
