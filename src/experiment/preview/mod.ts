export { previewExperiment } from "./preview.ts";
