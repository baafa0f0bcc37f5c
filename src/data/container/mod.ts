/**
 * Files and folders that hold arrays of voxels, of any form that is known.
 *
 * @module
 */
export { createContainer } from "./create.ts";
export {
  type ContainerForm,
  containerForm,
  formByName,
  openContainer,
} from "./open.ts";
