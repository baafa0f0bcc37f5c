/**
 * The training loop: optimizers, schedules, checkpoints. It tells an observer
 * what happens and knows nothing of records.
 *
 * @module
 */
export * from "./checkpoint.ts";
export * from "./optimizer/mod.ts";
export * from "./schedule/mod.ts";
export * from "./snapshot.ts";
export * from "./state.ts";
export * from "./step.ts";
export * from "./trainer.ts";
