import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { writeHdf5 } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

/** Noise, which no hash of the challenge is known of. */
async function writeSample(path: string): Promise<void> {
  await writeHdf5(path, {
    "volumes/raw": {
      shapeVox: [2, 8, 8],
      resolutionNm: [40, 4, 4],
      data: Uint8Array.from({ length: 128 }, (_, i) => 37 * i % 251),
    },
  });
}

testInFolder(
  "data cremi fetches the samples that are named",
  async (folder) => {
    await writeSample(join(folder, "served.hdf"));
    const content = Deno.readFileSync(join(folder, "served.hdf"));
    const asked: string[] = [];
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => {
        asked.push(new URL(request.url).pathname);
        return new Response(content);
      },
    );
    try {
      const words = [
        ...["data", "cremi", "--to", "cremi", "--samples", "A+, B+"],
        ...["--base-url", `http://127.0.0.1:${server.addr.port}/`],
      ];
      const { code, out, err } = await say(folder, ...words);
      assertEquals(code, 0, err);
      deepStrictEqual(
        out.split("\n").map((path) => path.startsWith(join(folder, "cremi"))),
        [true, true],
      );
      assertEquals(asked.length, 2);
      const again = await say(folder, ...words, "--json");
      match(again.out, /^\[\n {2}\{\n {4}"/);
      deepStrictEqual(
        JSON.parse(again.out).map(({ path }: { path: string }) => path),
        out.split("\n"),
      );
    } finally {
      await server.shutdown();
    }
  },
);

testInFolder(
  "data cremi wants to know where files go, and knows its samples",
  async (folder) => {
    const none = await say(folder, "data", "cremi");
    match(none.err, /--to is missing/);
    const words = ["data", "cremi", "--to", "x", "--samples", "D"];
    const { code, err } = await say(folder, ...words);
    assertEquals(code, 2);
    match(err, /"D"/);
  },
);
