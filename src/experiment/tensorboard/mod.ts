/**
 * Event files for TensorBoard, written without it.
 *
 * @module
 */
export * from "./event.ts";
export { readEvents, type ReadScalar } from "./read.ts";
export { LiveBoard } from "./live_board.ts";
export { picturesOf } from "./pictures.ts";
