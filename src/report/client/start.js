import { startReport } from "./report_parts.js";

startReport();
