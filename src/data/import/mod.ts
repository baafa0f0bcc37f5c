/**
 * Stacks of images into HDF5.
 *
 * @module
 */
export {
  type ImportedStack,
  importStack,
  type StackPlan,
} from "./import_stack.ts";
