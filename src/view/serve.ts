import type { Layer } from "./layer.ts";
import { zarrFile } from "./zarr.ts";

/** Layers that are being served. */
export interface Served {
  /** Where: `http://127.0.0.1:PORT/SECRET`. */
  readonly base: string;
  /** Settles when it has ended, by the signal. */
  readonly finished: Promise<void>;
}

/**
 * Serves layers as OME-Zarr on this machine alone. Only pages of the viewer may
 * read them, and only those that know the secret in the address.
 *
 * @param options.viewer Where the viewer's pages come from.
 * @param options.port 0 for any that is free.
 * @throws {Deno.errors.AddrInUse} If another program has the port.
 */
export function serveLayers(
  layers: readonly Layer[],
  { viewer, port, signal, onError }: {
    readonly viewer: string;
    readonly port: number;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): Served {
  const secret = crypto.randomUUID();
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const headers = {
    "access-control-allow-origin": new URL(viewer).origin,
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "*",
    "access-control-allow-private-network": "true",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port,
    signal,
    onListen: () => {}, // the command tells the address
    onError(error) {
      onError(error);
      return new Response(null, { status: 500, headers });
    },
  }, (request) => {
    const url = new URL(request.url);
    if (url.hostname !== "127.0.0.1") return answer(null, 403);
    if (request.method === "OPTIONS") return answer(null, 204);
    if (!["GET", "HEAD"].includes(request.method)) return answer(null, 405);
    const [, given, name, ...rest] = url.pathname.split("/");
    const layer = given === secret
      ? byName.get(decodeURIComponent(name ?? ""))
      : undefined;
    const file = layer ? zarrFile(layer, rest.join("/")) : null;
    return file === null ? answer(null, 404) : answer(file, 200);
  });

  function answer(body: Uint8Array | string | null, status: number): Response {
    return new Response(body as BodyInit | null, {
      status,
      headers: {
        ...headers,
        ...body !== null && {
          "content-type": typeof body === "string"
            ? "application/json"
            : "application/octet-stream",
        },
      },
    });
  }
  return {
    base: `http://127.0.0.1:${server.addr.port}/${secret}`,
    finished: server.finished,
  };
}
