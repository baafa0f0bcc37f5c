import assert from "node:assert";
import { join } from "node:path";
import { ExperimentError, openRng, sha256Hex } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { writeHdf5 } from "../hdf5/mod.ts";
import {
  cremiFileName,
  fetchCremi,
  type FetchCremiOptions,
} from "./fetch_cremi.ts";
import { knownHashes } from "./known_hashes.ts";

/** How the server of a test misbehaves. */
interface Manners {
  /** Sends this many bytes of each answer, then cuts the connection. */
  cutAfter?: number;
  /** Cuts only this many answers. */
  cuts?: number;
  /** Ignores ranges. */
  isForgetful?: boolean;
  /** Answers with this, and no more than so many times. */
  status?: number;
  times?: number;
  /** Says nothing more once it has sent the headers. */
  isSilent?: boolean;
}

const rng = openRng(5).at("volume");
const noise = Uint8Array.from({ length: 400_000 }, () => rng.integer(256));

/** A folder, a file of the challenge in miniature, and a server that has it. */
async function withServer(
  manners: Manners,
  body: (fixture: {
    folder: string;
    content: Uint8Array<ArrayBuffer>;
    asked: string[];
    lines: string[];
    waits: number[];
    fetch(options?: Partial<FetchCremiOptions>): ReturnType<typeof fetchCremi>;
    change(content: Uint8Array<ArrayBuffer>): void;
  }) => Promise<void>,
): Promise<void> {
  const root = Deno.makeTempDirSync(), folder = join(root, "cremi");
  const path = join(root, "made.hdf");
  await writeHdf5(path, {
    "volumes/raw": {
      shapeVox: [4, 250, 400],
      resolutionNm: [40, 4, 4],
      data: noise,
    },
  });
  let content = Deno.readFileSync(path), cuts = 0;
  const asked: string[] = [], lines: string[] = [], waits: number[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      const range = request.headers.get("range");
      asked.push(`${new URL(request.url).pathname} ${range}`);
      if (manners.status && asked.length <= (manners.times ?? Infinity)) {
        return new Response("sorry", { status: manners.status });
      }
      const etag = `"${sha256Hex(content)}"`;
      const isRanged = range !== null && !manners.isForgetful &&
        request.headers.get("if-range") === etag;
      const start = isRanged ? Number(/\d+/.exec(range)![0]) : 0;
      const rest = content.subarray(start);
      const isCut = manners.cutAfter !== undefined &&
        cuts++ < (manners.cuts ?? Infinity);
      const stream = new ReadableStream({
        start(controller) {
          if (manners.isSilent) return;
          // Fewer bytes than announced: the server then drops the connection.
          controller.enqueue(isCut ? rest.slice(0, manners.cutAfter) : rest);
          controller.close();
        },
      });
      return new Response(stream, {
        status: isRanged ? 206 : 200,
        headers: {
          etag,
          "content-length": `${rest.length}`,
          ...(isRanged
            ? {
              "content-range": `bytes ${start}-${
                content.length - 1
              }/${content.length}`,
            }
            : {}),
        },
      });
    },
  );
  try {
    await body({
      folder,
      content,
      asked,
      lines,
      waits,
      fetch: (options) =>
        fetchCremi({
          to: folder,
          baseUrl: `http://127.0.0.1:${server.addr.port}/data`,
          samples: ["A+"],
          network: {
            pause: (waitMs) => (waits.push(waitMs), Promise.resolve()),
          },
          notify: (line) => lines.push(line),
          ...options,
        }),
      change: (other) => content = other,
    });
  } finally {
    await server.shutdown();
    Deno.removeSync(root, { recursive: true });
  }
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
}

async function refusal(promise: Promise<unknown>): Promise<ExperimentError> {
  try {
    await promise;
  } catch (error) {
    assert(error instanceof ExperimentError, String(error));
    return error;
  }
  throw new Error("Expected the fetch to be refused");
}

const name = "sample_A+_20160601.hdf";

Deno.test("fetchCremi() fetches a sample, records its hash, fetches it once", () =>
  withServer({}, async ({ folder, content, asked, lines, fetch }) => {
    const sha256 = sha256Hex(content);
    const [file] = await fetch();
    assert.deepEqual(file, {
      path: join(folder, name),
      bytes: content.length,
      sha256,
    });
    assert.deepEqual(asked, ["/data/sample_A%2B_20160601.hdf null"]);
    assert.deepEqual(filesIn(folder), ["hashes.json", name]);
    const hashes = JSON.parse(
      Deno.readTextFileSync(join(folder, "hashes.json")),
    );
    assertEquals(hashes[name].sha256, sha256);
    assertEquals(hashes[name].bytes, content.length);
    await fetch();
    assertEquals(asked.length, 1);
    assert(lines.some((line) => line.includes("100 % of 0.4 MB")));
    assert(lines.at(-1)!.includes("already there"));
  }));

Deno.test("fetchCremi() names the files of the challenge", () =>
  withServer({ status: 404 }, async ({ asked, fetch }) => {
    for (
      const [sample, padded, file] of [
        ["A", false, "sample_A_20160501.hdf"],
        ["b", true, "sample_B_padded_20160501.hdf"],
        ["C+", true, "sample_C%2B_padded_20160601.hdf"],
      ] as const
    ) {
      await refusal(fetch({ samples: [sample], padded }));
      assertEquals(asked.at(-1), `/data/${file} null`);
    }
    const error = await refusal(fetch({ samples: ["D"] }));
    assert.match(error.fix, /A, B, C, A\+, B\+, C\+/);
  }));

Deno.test("fetchCremi() goes on where a cut connection ended", () =>
  withServer(
    { cutAfter: 150_000, cuts: 2 },
    async ({ content, asked, fetch }) => {
      const [file] = await fetch();
      assertEquals(file!.sha256, sha256Hex(content));
      assert.deepEqual(asked.map((line) => line.split(" ")[1]), [
        "null",
        "bytes=150000-",
        "bytes=300000-",
      ]);
    },
  ));

Deno.test("fetchCremi() gives up, and the next call goes on", () =>
  withServer(
    { cutAfter: 150_000, cuts: 1 },
    async ({ folder, content, asked, fetch }) => {
      const error = await refusal(fetch({ network: { retries: 0 } }));
      assert.match(error.message, /Cannot download .*sample_A%2B/);
      assert.match(error.fix, /goes on where it stopped/);
      assert.deepEqual(filesIn(folder), [`${name}.part`, `${name}.part.json`]);
      const [file] = await fetch({ network: { retries: 0 } });
      assertEquals(file!.sha256, sha256Hex(content));
      assert.match(asked[1]!, /bytes=150000-/);
      assert.deepEqual(filesIn(folder), ["hashes.json", name]);
    },
  ));

Deno.test("fetchCremi() begins again where the server knows no ranges", () =>
  withServer(
    { cutAfter: 150_000, cuts: 1, isForgetful: true },
    async ({ content, lines, fetch }) => {
      const [file] = await fetch();
      assertEquals(file!.sha256, sha256Hex(content));
      assert(lines.some((line) => line.includes("begins again")));
    },
  ));

Deno.test("fetchCremi() never joins parts of two versions of a file", () =>
  withServer(
    { cutAfter: 150_000, cuts: 1 },
    async ({ content, fetch, change }) => {
      await refusal(fetch({ network: { retries: 0 } }));
      // Bytes after the end change nothing in HDF5, but make it another file.
      const other = new Uint8Array(content.length + 100);
      other.set(content);
      change(other);
      const [file] = await fetch({ network: { retries: 0 } });
      assertEquals(file!.sha256, sha256Hex(other));
    },
  ));

Deno.test("fetchCremi() says what the server refuses", () =>
  withServer({ status: 404 }, async ({ folder, fetch }) => {
    const error = await refusal(fetch());
    assert.match(error.message, /the server has no such file/);
    assert.match(error.fix, /--base-url/);
    assert.deepEqual(filesIn(folder), []);
  }));

Deno.test("fetchCremi() asks a busy server again, after pauses", () =>
  withServer({ status: 503, times: 2 }, async ({ content, waits, fetch }) => {
    const [file] = await fetch();
    assertEquals(file!.sha256, sha256Hex(content));
    assert.deepEqual(waits, [1000, 2000]);
  }));

Deno.test("fetchCremi() says in the end what the server answers", () =>
  withServer({ status: 503 }, async ({ waits, fetch }) => {
    assert.match((await refusal(fetch())).message, /the server answers 503/);
    assert.deepEqual(
      waits,
      [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    );
  }));

Deno.test("fetchCremi() refuses what is not the challenge's file", () =>
  withServer({}, async ({ folder, content, fetch }) => {
    const hashes = { [name]: "0".repeat(64) };
    const error = await refusal(fetch({ hashes }));
    assert.match(error.message, /that of the challenge's file is 0{64}/);
    assert.deepEqual(filesIn(folder), []);
    // Nor one that is there under its name.
    Deno.writeFileSync(join(folder, name), content);
    assert.match((await refusal(fetch({ hashes }))).message, /0{64}/);
    assertEquals(
      (await fetch({ hashes: { [name]: sha256Hex(content) } })).length,
      1,
    );
  }));

Deno.test("knownHashes names labelled volumes of the challenge", () => {
  for (const [file, sha256] of Object.entries(knownHashes)) {
    assert(
      ["A", "B", "C"].some((s) => cremiFileName(s as "A", false) === file),
    );
    assert.match(sha256, /^[0-9a-f]{64}$/);
  }
});

Deno.test("fetchCremi() refuses addresses that are none", () =>
  withServer({}, async ({ asked, fetch }) => {
    for (const baseUrl of ["cremi.org", "", "file:///etc/", "http://", "::"]) {
      const error = await refusal(fetch({ baseUrl }));
      assert.match(error.message, /for --base-url: it is no address/);
    }
    assertEquals(asked.length, 0);
  }));

Deno.test("fetchCremi() refuses a page in place of a volume", () =>
  withServer({}, async ({ folder, fetch, change }) => {
    change(new TextEncoder().encode("<h1>Sorry</h1>".repeat(100)));
    assert.match((await refusal(fetch())).message, /it is not an HDF5 file/);
    assert.deepEqual(filesIn(folder), []);
  }));

Deno.test("fetchCremi() notices a silent server and one that is not there", () =>
  withServer({ isSilent: true }, async ({ fetch }) => {
    const silent = await refusal(
      fetch({ network: { retries: 0, windowMs: 100 } }),
    );
    assert.match(silent.message, /nothing came for 0.1 s/);
    const gone = await refusal(
      fetch({ network: { retries: 0 }, baseUrl: "http://127.0.0.1:9/" }),
    );
    assert.match(gone.message, /the connection failed/);
  }));

Deno.test("fetchCremi() refuses a file that is not what was fetched", () =>
  withServer({}, async ({ folder, content, fetch }) => {
    await fetch();
    content[content.length >> 1]! ^= 1;
    Deno.writeFileSync(join(folder, name), content);
    const error = await refusal(fetch());
    assert.match(error.message, /when fetched it was [0-9a-f]{64}/);
  }));

Deno.test("fetchCremi() stops when asked and keeps what came", () =>
  withServer({ cutAfter: 150_000 }, async ({ folder, fetch, lines }) => {
    const controller = new AbortController();
    const fetching = fetch({
      signal: controller.signal,
      notify: (line) => {
        lines.push(line);
        if (line.includes(" % of ")) controller.abort();
      },
    });
    await assert.rejects(fetching, { name: "AbortError" });
    assert(Deno.statSync(join(folder, `${name}.part`)).size > 0);
  }));
