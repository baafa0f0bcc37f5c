export { mostDraws, previewExperiment } from "./preview.ts";
