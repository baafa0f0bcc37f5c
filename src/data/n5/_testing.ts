import { dirname, join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";

/** Writes a small array of u16 by the words of N5's specification. */
export function writeN5(
  folder: string,
  { attributes = {}, compression = { type: "raw" }, shape = [3, 6, 5] }: {
    readonly attributes?: Readonly<Record<string, unknown>>;
    readonly compression?: Readonly<Record<string, unknown>>;
    readonly shape?: readonly [number, number, number];
  } = {},
): void {
  const block = [2, 3, 4] as const, [depth, height, width] = shape;
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(
    join(folder, "attributes.json"),
    JSON.stringify({
      dimensions: [width, height, depth],
      blockSize: [4, 3, 2],
      dataType: "uint16",
      compression,
      ...attributes,
    }),
  );
  for (let z = 0; z < depth; z += block[0]) {
    for (let y = 0; y < height; y += block[1]) {
      for (let x = 0; x < width; x += block[2]) {
        const extent = [
          Math.min(block[0], depth - z),
          Math.min(block[1], height - y),
          Math.min(block[2], width - x),
        ] as const;
        const head = new DataView(new ArrayBuffer(16));
        head.setUint16(2, 3);
        extent.toReversed().forEach((n, i) => head.setUint32(4 + 4 * i, n));
        const body = new DataView(
          new ArrayBuffer(2 * extent[0] * extent[1] * extent[2]),
        );
        let at = 0;
        for (let k = 0; k < extent[0]; k++) {
          for (let j = 0; j < extent[1]; j++) {
            for (let i = 0; i < extent[2]; i++, at += 2) {
              body.setUint16(at, 50 * (z + k) + 7 * (y + j) + x + i);
            }
          }
        }
        const packed = compression["type"] !== "gzip"
          ? new Uint8Array(body.buffer)
          : compression["useZlib"]
          ? deflateSync(body)
          : gzipSync(body);
        const path = join(folder, `${x / 4}`, `${y / 3}`, `${z / 2}`);
        Deno.mkdirSync(dirname(path), { recursive: true });
        Deno.writeFileSync(
          path,
          Uint8Array.from([...new Uint8Array(head.buffer), ...packed]),
        );
      }
    }
  }
}
