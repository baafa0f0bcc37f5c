import { waitForOthers } from "./wait.ts";

Deno.test("waitForOthers() ends as it is told to stop, without a fault", async () => {
  const stop = new AbortController();
  const waiting = waitForOthers(stop.signal);
  stop.abort();
  await waiting;
  await waitForOthers(stop.signal);
});
