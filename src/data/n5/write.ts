import { gzipSync } from "node:zlib";
import type { Zyx } from "@/core/mod.ts";
import {
  bytesOfNumbers,
  cutBlock,
  type FolderForm,
  FolderWriter,
  type Layer,
  type NewArray,
  type VolumeWriter,
} from "../voxels/mod.ts";
import { turned } from "./_block.ts";

/**
 * Begins a folder of N5 beside `path`: arrays in blocks packed by gzip, with
 * `resolution`, `offset` and `units`, x y z as all of N5.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export function createN5(path: string): VolumeWriter {
  return new FolderWriter(path, form);
}

const form: FolderForm = {
  mostVox: [16, 128, 128],
  begin(array) {
    const { name, resolutionNm, offsetNm } = array;
    array.describe("attributes.json", { n5: "4.0.0" });
    array.describe(`${name}/attributes.json`, {
      dimensions: array.shapeVox.toReversed(),
      blockSize: array.chunkVox.toReversed(),
      dataType: array.type,
      compression: { type: "gzip", useZlib: false, level: 4 },
      axes: ["x", "y", "z"],
      ...(resolutionNm && {
        resolution: resolutionNm.toReversed(),
        units: ["nm", "nm", "nm"],
      }),
      ...(offsetNm && { offset: offsetNm.toReversed() }),
      ...array.attributes,
    });
    return (layer) => writeBlocks(array, layer);
  },
};

function writeBlocks(
  { name, shapeVox: [, height, width], chunkVox: block, write }: NewArray,
  layer: Layer,
): void {
  const k = layer.startZ / block[0], [sections] = layer.shapeVox;
  for (let y = 0; y < height; y += block[1]) {
    for (let x = 0; x < width; x += block[2]) {
      const shapeVox: Zyx = [
        sections,
        Math.min(block[1], height - y),
        Math.min(block[2], width - x),
      ];
      const numbers = cutBlock(layer, { y, x, shapeVox });
      const bytes = turned(bytesOfNumbers(numbers), numbers.BYTES_PER_ELEMENT);
      const body = gzipSync(bytes, { level: 4 });
      const head = new DataView(new ArrayBuffer(16));
      head.setUint16(2, 3);
      shapeVox.toReversed().forEach((extent, i) =>
        head.setUint32(4 + 4 * i, extent)
      );
      const file = new Uint8Array(16 + body.length);
      file.set(new Uint8Array(head.buffer));
      file.set(body, 16);
      write(`${name}/${x / block[2]}/${y / block[1]}/${k}`, file);
    }
  }
}
