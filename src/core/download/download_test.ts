import assert from "node:assert";
import { join } from "node:path";
import { fill, onSmallDisk } from "@test/fault/_disk.ts";
import { assertEquals } from "@test/helpers.ts";
import { ExperimentError } from "../errors.ts";
import { download, type DownloadOptions } from "./download.ts";
import { DownloadError } from "./error.ts";

const content = Uint8Array.from({ length: 50_000 }, (_, i) => i * 7919 >> 3);

/** Answers the requests of a test, one after the other, the last one for ever. */
type Answers = readonly ((request: Request) => Response)[];

interface Scene {
  readonly folder: string;
  readonly part: string;
  /** The `Range` of each request. */
  readonly ranges: (string | null)[];
  /** The pauses that were made, in milliseconds. */
  readonly waits: number[];
  fetch(
    options?: DownloadOptions & { readonly part?: string },
  ): Promise<number>;
}

async function withServer(
  answers: Answers,
  body: (scene: Scene) => Promise<void>,
): Promise<void> {
  const folder = Deno.makeTempDirSync(), part = join(folder, "file.part");
  const ranges: (string | null)[] = [], waits: number[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      ranges.push(request.headers.get("range"));
      return answers[Math.min(ranges.length, answers.length) - 1]!(request);
    },
  );
  try {
    await body({
      folder,
      part,
      ranges,
      waits,
      fetch: (options) =>
        download(new URL(`http://127.0.0.1:${server.addr.port}/file`), {
          part,
          pause: (waitMs) => (waits.push(waitMs), Promise.resolve()),
          ...options,
        }),
    });
  } finally {
    await server.shutdown();
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Answers with what is asked for, of which it sends `sent` bytes. */
function serve(
  { sent = Infinity, etag = '"1"', headers = {} }: {
    sent?: number;
    etag?: string;
    headers?: Record<string, string>;
  } = {},
) {
  return (request: Request) => {
    const range = request.headers.get("range");
    const from = range ? Number(/\d+/.exec(range)) : 0;
    const rest = content.slice(from);
    return new Response(streamOf(rest.subarray(0, sent)), {
      status: range ? 206 : 200,
      headers: {
        etag,
        "content-length": `${rest.length}`,
        ...(range && {
          "content-range": `bytes ${from}-${
            content.length - 1
          }/${content.length}`,
        }),
        ...headers,
      },
    });
  };
}

function streamOf(bytes: Uint8Array): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

function assertComplete({ part, folder }: Scene): void {
  assert.deepEqual(Deno.readFileSync(part), content);
  assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), [
    "file.part",
  ]);
}

async function failure(fetching: Promise<unknown>): Promise<DownloadError> {
  try {
    await fetching;
  } catch (error) {
    assert(error instanceof DownloadError, String(error));
    return error;
  }
  throw new Error("Expected the download to fail");
}

Deno.test("download() goes on where each connection ended, after pauses", () =>
  withServer(
    [serve({ sent: 20_000 }), serve({ sent: 20_000 }), serve()],
    async (scene) => {
      assertEquals(await scene.fetch(), content.length);
      assertComplete(scene);
      assert.deepEqual(scene.ranges, [null, "bytes=20000-", "bytes=40000-"]);
      assert.deepEqual(scene.waits, [1000, 2000]);
    },
  ));

Deno.test("download() waits as long as a server asks, but not for ever", () => {
  const busy = (wait: string) => () =>
    new Response("busy", { status: 503, headers: { "retry-after": wait } });
  return withServer(
    [busy("7"), busy("1000000"), busy("tomorrow"), serve()],
    async (scene) => {
      await scene.fetch();
      assertComplete(scene);
      assert.deepEqual(scene.waits, [7000, 120_000, 4000]);
    },
  );
});

Deno.test("download() asks again only where that may help", async () => {
  for (
    const [status, asked] of [[404, 1], [403, 1], [500, 3], [502, 3], [429, 3]]
  ) {
    await withServer(
      [() => new Response(null, { status: status! })],
      async (scene) => {
        const error = await failure(scene.fetch({ retries: 2 }));
        assertEquals(error.status, status!);
        assertEquals(scene.ranges.length, asked!);
        assert.deepEqual([...Deno.readDirSync(scene.folder)], []);
      },
    );
  }
});

Deno.test("download() begins again after a broken range", async () => {
  const broken: ((request: Request) => Response)[] = [
    () =>
      new Response(streamOf(content.slice(5)), {
        status: 206,
        headers: { "content-range": "bytes 5-49999/50000" },
      }),
    () => new Response(null, { status: 206 }),
    () =>
      new Response(null, {
        status: 416,
        headers: { "content-range": "bytes */10" },
      }),
  ];
  for (const answer of broken) {
    await withServer(
      [serve({ sent: 20_000 }), answer, serve()],
      async (scene) => {
        await scene.fetch();
        assertComplete(scene);
        assert.deepEqual(scene.ranges, [null, "bytes=20000-", null]);
      },
    );
  }
});

Deno.test("download() takes a part that is whole for what it is", () =>
  withServer([
    serve({ sent: 20_000 }),
    () =>
      new Response(null, {
        status: 416,
        headers: { "content-range": "bytes */20000" },
      }),
  ], async ({ fetch }) => assertEquals(await fetch(), 20_000)));

Deno.test("download() refuses more bytes than there should be", () =>
  withServer([
    () => new Response(streamOf(content), { headers: { etag: '"1"' } }),
  ], async (scene) => {
    const error = await failure(
      scene.fetch({ pinnedBytes: 40_000, retries: 1 }),
    );
    assert.match(error.message, /more than the 40000 bytes/);
    assertEquals(Deno.statSync(scene.part).size, 0);
  }));

Deno.test("download() goes on with what is pinned, whatever was noted", () =>
  withServer([serve({ etag: '"2"' })], async (scene) => {
    Deno.writeFileSync(scene.part, content.subarray(0, 30_000));
    await scene.fetch({ pinnedBytes: content.length });
    assertComplete(scene);
    assert.deepEqual(scene.ranges, ["bytes=30000-"]);
    assertEquals(await scene.fetch({ pinnedBytes: content.length }), 50_000);
    assertEquals(scene.ranges.length, 1);
  }));

Deno.test("download() ends a connection that only trickles", () => {
  const trickle = () => {
    let timer: ReturnType<typeof setInterval>;
    return new Response(
      new ReadableStream({
        start(controller) {
          timer = setInterval(() => controller.enqueue(content.slice(0, 3)), 5);
        },
        cancel: () => clearInterval(timer),
      }),
    );
  };
  return withServer([trickle], async (scene) => {
    const error = await failure(
      scene.fetch({ retries: 1, windowMs: 60, leastBytes: 5000 }),
    );
    assert.match(
      error.message,
      /^(only \d+ bytes|nothing) came (in|for) 0.06 s$/,
    );
    assertEquals(scene.ranges.length, 2);
  });
});

Deno.test({
  name: "download() never writes through a link in place of its part",
  ignore: Deno.build.os === "windows", // links need rights there
  fn: async () => {
    const links: ((target: string, part: string) => void)[] = [
      Deno.symlinkSync,
      Deno.linkSync,
      (target, part) => Deno.symlinkSync(`${target}.missing`, part),
    ];
    for (const link of links) {
      await withServer([serve()], async (scene) => {
        const target = join(scene.folder, "precious");
        Deno.writeTextFileSync(target, "mine");
        link(target, scene.part);
        // As an earlier call would have left it.
        Deno.writeTextFileSync(`${scene.part}.json`, '{"validator":"\\"1\\""}');
        await scene.fetch();
        assertEquals(Deno.readTextFileSync(target), "mine");
        Deno.removeSync(target);
        assertComplete(scene);
        assert.deepEqual(scene.ranges, [null]);
      });
    }
  },
});

Deno.test("download() stops while it waits for another attempt", () =>
  withServer([() => new Response(null, { status: 503 })], async ({ fetch }) => {
    const controller = new AbortController();
    const fetching = fetch({
      signal: controller.signal,
      pause: undefined,
      notify: () => controller.abort(),
    });
    await assert.rejects(fetching, { name: "AbortError" });
  }));

onSmallDisk("download() asks for room before it begins", (disk) => {
  fill(disk, 20);
  return withServer(
    [serve({ headers: { "content-length": "3000000000" } })],
    async ({ fetch }) => {
      await assert.rejects(
        fetch({ part: join(disk, "file.part") }),
        (error) => {
          assert(error instanceof ExperimentError);
          return /may take 2862 MiB, the disk has 1 MiB free/.test(
            error.message,
          );
        },
      );
    },
  );
});
