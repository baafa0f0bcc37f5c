/**
 * The page that shows whether a volume comes back from its alignment.
 *
 * @module
 */
export * from "./alignment_page.tsx";
