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

/** The most sections of a block, and its rows and columns. */
const blockVox: Zyx = [16, 128, 128];

/** Whole sections are gathered up to about this size. */
const layerBytes = 1 << 29;

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
  layerSections: (sectionBytes) =>
    Math.max(1, Math.min(blockVox[0], Math.floor(layerBytes / sectionBytes))),
  begin(array) {
    const { name, shapeVox, kind, resolutionNm, offsetNm } = array;
    const [depth, height, width] = shapeVox;
    const block: Zyx = [
      Math.min(
        form.layerSections(height * width * kind.BYTES_PER_ELEMENT),
        depth,
      ),
      Math.min(blockVox[1], height),
      Math.min(blockVox[2], width),
    ];
    array.write("attributes.json", text({ n5: "4.0.0" }));
    array.write(
      `${name}/attributes.json`,
      text({
        dimensions: shapeVox.toReversed(),
        blockSize: block.toReversed(),
        dataType: kind.constructor.name.toLowerCase()
          .replace(/^big|array$/g, ""),
        compression: { type: "gzip", useZlib: false, level: 4 },
        axes: ["x", "y", "z"],
        ...(resolutionNm && {
          resolution: resolutionNm.toReversed(),
          units: ["nm", "nm", "nm"],
        }),
        ...(offsetNm && { offset: offsetNm.toReversed() }),
        ...array.attributes,
      }),
    );
    return (layer) => writeBlocks(array, layer, block);
  },
};

function writeBlocks(
  { name, shapeVox: [, height, width], write }: NewArray,
  layer: Layer,
  block: Zyx,
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

function text(meta: unknown): string {
  return `${JSON.stringify(meta, null, 2)}\n`;
}
