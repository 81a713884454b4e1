/** Items that the server reads first and the browser then; the newest ones. */
export const OPERATIONS_SHOWN = 8;
export const REVISIONS_SHOWN = 20;
export const POLICIES_SHOWN = 200;
