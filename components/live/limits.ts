/** Items of a page that the server reads first and the browser then. */
export const CLUSTERS_LIMIT = 50;
export const EVENTS_LIMIT = 50;
export const OPERATIONS_LIMIT = 50;
export const VMS_LIMIT = 100;
export const AUDIT_LIMIT = 50;
export const USAGE_LIMIT = 100;
export const EVALUATIONS_LIMIT = 20;
export const RECOMMENDATIONS_LIMIT = 20;
export const LAB_LIMIT = 50;
