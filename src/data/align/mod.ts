/**
 * Aligned files and volumes, and their way back.
 *
 * @module
 */
export {
  type AlignedFile,
  alignFile,
  type AlignRequest,
} from "./align_file.ts";
export {
  type ContextMargin,
  type FrameRequest,
  layFrame,
  type Movement,
  noContext,
} from "./lay_frame.ts";
export {
  type ReversedFile,
  reverseFile,
  type ReverseRequest,
} from "./reverse_file.ts";
export { readShiftFile, type ShiftFile } from "./read_shift_file.ts";
export type { ShiftsRecord } from "./record.ts";
export type { Crack } from "./crack.ts";
export type { CrackSource } from "./found_cracks.ts";
export {
  type RoundTrip,
  roundTrip,
  type SectionTrip,
  type VolumeTrip,
} from "./round_trip.ts";
export type { PicturedStep, PicturedTrip } from "./pictured_trip.ts";
