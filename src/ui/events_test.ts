import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { eventStream, type LiveEvent } from "./events.ts";

Deno.test("eventStream() sends events one by one, and ends once its page has gone or the server ends", async () => {
  for (const goes of [true, false]) {
    const stop = new AbortController();
    let send = (_: LiveEvent) => {}, ends = 0;
    const answer = eventStream(stop.signal, (given) => {
      send = given;
      return () => ends++;
    });
    const reader = answer.body!.pipeThrough(new TextDecoderStream())
      .getReader();
    const event = { name: "run", id: "7", data: { note: "a\n\nevent: b" } };
    send(event);
    deepStrictEqual(await reader.read(), {
      done: false,
      value: "retry: 1000\n\n",
    });
    deepStrictEqual(
      (await reader.read()).value,
      [
        "event: run\nid: 7\n" +
        'data: {"note":"a\\n\\nevent: b"}\n\n',
      ].join(""),
    );
    if (goes) await reader.cancel();
    else stop.abort();
    send(event); // too late, and no fault
    stop.abort();
    if (!goes) {
      deepStrictEqual((await reader.read()).value, "event: end\ndata: {}\n\n");
      deepStrictEqual((await reader.read()).done, true);
    }
    strictEqual(ends > 0, true);
  }
});
