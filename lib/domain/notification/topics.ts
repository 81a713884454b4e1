/**
 * What one can be told of. `fencing`: it is not known whether something lost still runs, and a person has to decide;
 * `failure`: operations that failed, and every other alarm.
 */
export const NOTIFICATION_TOPICS = ['recommendation', 'fencing', 'failure', 'operation-ended', 'budget'] as const;
export type NotificationTopic = (typeof NOTIFICATION_TOPICS)[number];
