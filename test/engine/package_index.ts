/** A package index on this machine that serves one file. */
export interface PackageIndex extends AsyncDisposable {
  /** Its address, as pip takes it. */
  readonly url: string;
  /** The `Range` headers of the requests for the file, "" for none. */
  readonly ranges: readonly string[];
}

/** How the index behaves. */
export interface IndexOptions {
  /** The project that has the file. */
  readonly project: string;
  /** The file's name. */
  readonly file: string;
  /** Its content. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** Ends the first answer after so many bytes, as a proxy that gives up does. */
  readonly breakAfter?: number;
  /** Answers with the whole file whatever part is asked for. */
  readonly ignoresRanges?: boolean;
}

/** Starts an index on a free port. */
export function servePackages(options: IndexOptions): PackageIndex {
  const { project, file, content, ignoresRanges } = options;
  const ranges: string[] = [];
  let { breakAfter } = options;
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === `/simple/${project}/`) {
        return Response.json({
          files: [{ filename: file, url: `../../files/${file}` }],
        });
      }
      if (pathname !== `/files/${file}`) {
        return new Response("no such page", { status: 404 });
      }
      const range = request.headers.get("range") ?? "";
      ranges.push(range);
      const from = ignoresRanges ? 0 : Number(/\d+/.exec(range)?.[0] ?? 0);
      const rest = content.subarray(from);
      const isPart = from > 0;
      const sent = rest.subarray(0, breakAfter);
      breakAfter = undefined;
      return new Response(sent, {
        status: isPart ? 206 : 200,
        headers: isPart
          ? {
            "content-range": `bytes ${from}-${
              content.length - 1
            }/${content.length}`,
          }
          : {},
      });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/simple`,
    ranges,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
