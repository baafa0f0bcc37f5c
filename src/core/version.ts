/** The version of Cleft, as records, reports and `--version` show it. */
export const cleftVersion = "0.1.0";
