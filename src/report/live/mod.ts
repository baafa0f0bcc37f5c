/**
 * Pages that follow runs while they train, made of the parts of the report.
 *
 * @module
 */
export * from "./data.ts";
export { countsText, type LiveServer, runsPage } from "./runs_page.tsx";
export { rowsHtml } from "./rows_html.tsx";
