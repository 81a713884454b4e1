import type { NotificationTopic } from '../contract/notification';
import type { Role } from '../role';

/** Something that people may want to be told of, once. */
export interface Notice {
  /** The same for the same occurrence: it is told once per channel and address. */
  readonly key: string;
  readonly topic: NotificationTopic | 'test';
  readonly title: string;
  readonly text: string;
  /** Path in the console. */
  readonly path: string;
  /** The role that it is put to; others with a role of their own are not told. Null for everybody. */
  readonly role: Role | null;
}

export interface ChannelFacts {
  readonly kind: 'person' | 'role' | 'webhook';
  /** An e-mail address, a role, or a URL. */
  readonly target: string;
  readonly topics: readonly string[];
}

/** Whether a channel wants a notice: by topic, and of what is put to one role only that role's channel. */
export const wants = (channel: ChannelFacts, notice: Notice): boolean =>
  channel.topics.includes(notice.topic) &&
  (channel.kind !== 'role' || notice.role === null || channel.target === notice.role);

const FIRST_RETRY_MS = 10_000;
const RETRY_MS_MAX = 3_600_000;
/** With the waits between them some two hours. */
export const ATTEMPTS_MAX = 10;

/** How long to wait after so many failed attempts: ten seconds, doubled each time, an hour at most. */
export const retryAfterMs = (attempts: number): number =>
  Math.min(RETRY_MS_MAX, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));

/** The recommendation that a notice's path is of; null for other paths. */
export const recommendationIdOf = (path: string): string | null => /^\/approvals\/([^/?]+)$/.exec(path)?.[1] ?? null;
