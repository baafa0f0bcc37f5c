/**
 * Files and folders that hold arrays of voxels, of any form that is read.
 *
 * @module
 */
export { type ContainerForm, containerForm, openContainer } from "./open.ts";
