/**
 * The training loop: optimizers, schedules, checkpoints. It tells an observer
 * what happens and knows nothing of records.
 *
 * @module
 */
export * from "./averaging/mod.ts";
export type { Judged } from "./batch_loss.ts";
export * from "./batch_source.ts";
export * from "./checkpoint.ts";
export * from "./clip.ts";
export type { CourseParts } from "./course.ts";
export * from "./diagnose.ts";
export * from "./due.ts";
export { type Form, placesOf } from "./form.ts";
export * from "./forward.ts";
export * from "./freeze.ts";
export * from "./initial.ts";
export * from "./mean_loss.ts";
export * from "./optimizer/mod.ts";
export * from "./observer.ts";
export * from "./parts.ts";
export * from "./pattern.ts";
export * from "./predicting_weights.ts";
export * from "./safetensors.ts";
export * from "./schedule/mod.ts";
export * from "./snapshot.ts";
export * from "./state.ts";
export * from "./statistics.ts";
export { trainStep } from "./step.ts";
export * from "./step_form.ts";
export * from "./stop_early.ts";
export * from "./trainer.ts";
export { factorsAt, type StepNumbers } from "./upload.ts";
export * from "./watch.ts";
