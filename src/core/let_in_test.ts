import { ok } from "node:assert/strict";
import { letOthersIn } from "./let_in.ts";

Deno.test({
  name: "letOthersIn() lets a signal in while a thread computes without end",
  ignore: Deno.build.os === "windows",
  async fn() {
    const heard = Promise.withResolvers<void>();
    let isHeard = false;
    const listener = () => {
      isHeard = true;
      heard.resolve();
    };
    Deno.addSignalListener("SIGUSR2", listener);
    try {
      let tiles = 0;
      Deno.kill(Deno.pid, "SIGUSR2");
      for (; !isHeard && tiles < 30; tiles++) {
        const end = performance.now() + 40; // a tile
        while (performance.now() < end);
        await letOthersIn();
      }
      ok(tiles <= 7, `heard after ${tiles} tiles`);
      await heard.promise;
    } finally {
      Deno.removeSignalListener("SIGUSR2", listener);
    }
  },
});
