import type { NotificationTopic } from '@/lib/domain/contract';

export const TOPIC_LABELS: Readonly<Record<NotificationTopic, string>> = {
  recommendation: 'Changes that want approval',
  failure: 'Operations that failed',
  'operation-ended': 'Operations that ended well',
  budget: 'Budgets that are used up, or will be',
};
