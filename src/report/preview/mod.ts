/**
 * The page that shows what augmentations do.
 *
 * @module
 */
export * from "./data.ts";
export * from "./pictures.ts";
export { previewPage } from "./preview.tsx";
