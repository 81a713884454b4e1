/** How many operations the overview shows. */
export const ACTIVE_LIMIT = 20;
export const ENDED_LIMIT = 6;
