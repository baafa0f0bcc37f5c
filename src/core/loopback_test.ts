import {
  deepStrictEqual,
  match,
  strictEqual,
  throws,
} from "node:assert/strict";
import { ExperimentError } from "./errors.ts";
import { type Asked, serveLoopback } from "./loopback.ts";

Deno.test("serveLoopback() answers below its secret alone, and tells its owner alone what failed", async () => {
  const stop = new AbortController();
  const told: unknown[] = [], paths: Asked["path"][] = [];
  const options = {
    ...{ port: 0, signal: stop.signal, headers: { "x-all": "yes" } },
    onError: (error: unknown) => told.push(error),
  };
  const { base, finished } = serveLoopback(options, (_, { path }) => {
    paths.push(path);
    if (path[0] === "fail") throw new Error("secret");
    return new Response("here", { headers: { "x-own": "too" } });
  });
  try {
    const get = async (url: string) => {
      const answer = await fetch(url);
      return { answer, body: await answer.text() };
    };
    const { answer, body } = await get(`${base}/a%2Fb/c?d=1`);
    deepStrictEqual([answer.status, body], [200, "here"]);
    strictEqual(answer.headers.get("x-all"), "yes");
    strictEqual(answer.headers.get("x-own"), "too");
    deepStrictEqual(paths, [["a/b", "c"]]);
    const { origin } = new URL(base);
    for (const path of ["/", "/a", `${base.slice(origin.length, -1)}x/a`]) {
      strictEqual((await get(origin + path)).answer.status, 404, path);
    }
    strictEqual((await get(`${base}/%FF`)).answer.status, 404);
    const failed = await get(`${base}/fail`);
    deepStrictEqual([failed.answer.status, failed.body], [500, ""]);
    match(`${told}`, /secret/);
    const port = Number(new URL(base).port);
    throws(
      () => serveLoopback({ ...options, port }, () => new Response()),
      (error: Error) => {
        match(
          `${error}`,
          /^Cannot serve at port \d+: another program has it\n {2}at .*\n {2}fix /,
        );
        return error instanceof ExperimentError;
      },
    );
  } finally {
    stop.abort();
    await finished;
  }
});
