/**
 * Pages that follow runs while they train, made of the parts of the report.
 *
 * @module
 */
export * from "./data.ts";
export { jobsHtml } from "./job_list.tsx";
export { countsText, runsPage } from "./runs_page.tsx";
export * from "./run_page.tsx";
export { rowsHtml } from "./rows_html.tsx";
