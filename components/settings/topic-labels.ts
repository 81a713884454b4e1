import type { NotificationTopic } from '@/lib/domain/contract';

export const TOPIC_LABELS: Readonly<Record<NotificationTopic, string>> = {
  recommendation: 'Changes that want approval',
  fencing: 'Losses of which it is not known whether they still run',
  failure: 'Operations that failed, and other alarms',
  'operation-ended': 'Operations that ended well',
  budget: 'Budgets that are used up, or will be',
};
