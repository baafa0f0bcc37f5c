import { pjrtCpu, pjrtCuda12, pjrtCuda13 } from "./pjrt/builds.ts";
import type { Build } from "./setup/build.ts";
import { tensorflow } from "./tensorflow/builds.ts";

/** Every library that can be set up. */
export const builds: readonly Build[] = [
  tensorflow,
  pjrtCuda13,
  pjrtCuda12,
  pjrtCpu,
];
