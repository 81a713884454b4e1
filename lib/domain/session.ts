/** How a person came in. */
export const SESSION_METHODS = ['password', 'sso'] as const;
export type SessionMethod = (typeof SESSION_METHODS)[number];

/** A session ends this long after sign-in, whatever is done in it. */
export const SESSION_SECONDS = 12 * 60 * 60;
