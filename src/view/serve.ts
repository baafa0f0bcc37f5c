import { type Served, serveLoopback } from "@/core/mod.ts";
import type { Layer } from "./layer.ts";
import { zarrFile } from "./zarr.ts";

/**
 * Serves layers as OME-Zarr on this machine alone. Only pages of the viewer may
 * read them, and only those that know the secret in the address.
 *
 * @param options.viewer Where the viewer's pages come from.
 * @param options.port 0 for any that is free.
 * @throws {ExperimentError} If the port cannot be had.
 */
export function serveLayers(
  layers: readonly Layer[],
  { viewer, ...options }: {
    readonly viewer: string;
    readonly port: number;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): Served {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const headers = {
    "access-control-allow-origin": new URL(viewer).origin,
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "*",
    "access-control-allow-private-network": "true",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return serveLoopback({ ...options, headers }, ({ method }, { path }) => {
    if (method === "OPTIONS") return new Response(null, { status: 204 });
    if (!["GET", "HEAD"].includes(method)) {
      return new Response(null, { status: 405 });
    }
    const [name, ...rest] = path;
    const layer = byName.get(name ?? "");
    const file = layer ? zarrFile(layer, rest.join("/")) : null;
    return file === null ? new Response(null, { status: 404 }) : answer(file);
  });
}

function answer(file: Uint8Array | string): Response {
  const type = typeof file === "string"
    ? "application/json"
    : "application/octet-stream";
  return new Response(file as BodyInit, { headers: { "content-type": type } });
}
