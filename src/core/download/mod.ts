/**
 * Files from servers, which may be interrupted.
 *
 * @module
 */
export { download, type DownloadOptions } from "./download.ts";
export { DownloadError } from "./error.ts";
