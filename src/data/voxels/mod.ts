/**
 * Arrays of voxels that lie in files of any form, read box by box.
 *
 * @module
 */
export {
  bytesOf,
  type NumberKind,
  type Numbers,
  numbersOf,
} from "./numbers.ts";
export { unpackBlosc } from "./blosc.ts";
export { unpackLz4Block } from "./lz4_block.ts";
export { unpackLz4Stream } from "./lz4_stream.ts";
export { unpackBzip2 } from "./bzip2.ts";
export { unpackXz } from "./xz.ts";
export { answerInThread, WaitedThread } from "./waited_thread.ts";
export type { VoxelArray } from "./voxel_array.ts";
export type { ArrayOptions, VoxelContainer } from "./container.ts";
export {
  agreedPlace,
  type ArrayPlace,
  PlaceFault,
  placesIn,
  unitOf,
} from "./attributes_place.ts";
export { arrayNames, plainPath } from "./array_names.ts";
export { filesBelow } from "./files_below.ts";
export { noSuchArray } from "./no_such_array.ts";
export { piecesAlongZ } from "./pieces.ts";
export { type Appended, SectionCount } from "./section_count.ts";
export {
  type BoxBytes,
  type Chunk,
  chunksOf,
  copyChunk,
} from "./copy_chunk.ts";
export { FolderArray, UnknownPacking } from "./folder_array.ts";
export { bytesOfNumbers, cutBlock } from "./cut_block.ts";
export {
  type FolderForm,
  FolderWriter,
  type Layer,
  type NewArray,
} from "./folder_writer.ts";
export type { ArrayPlan, VolumeWriter } from "./volume_writer.ts";
