import { createHmac } from 'node:crypto';

const DEADLINE_MS = 10_000;

export interface Message {
  readonly topic: string;
  readonly title: string;
  readonly text: string;
  /** Address in the console. */
  readonly link: string;
  /** Address at which the receiver alone answers without signing in; mail only. */
  readonly answerLink?: string | null;
}

/**
 * What a receiver checks: `t=<seconds since 1970>,v1=<hex>`, where v1 is the HMAC-SHA-256 of `<t>.<body>` under the
 * channel's secret. The time keeps an old request from being sent again.
 */
export const signatureOf = (secret: string, body: string, at: Date): string => {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
};

/** The three characters that Slack reads as control characters (api.slack.com, Formatting text for app surfaces). */
const forSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A body that Slack's incoming webhooks take as it is: they show `text`. */
export const webhookBody = ({ topic, title, text, link }: Message, at: Date): string =>
  JSON.stringify({
    text: forSlack(`*${title}*\n${text}\n${link}`),
    topic,
    title,
    message: text,
    link,
    at: at.toISOString(),
  });

/** Throws unless the receiver answers with 2xx. */
export const sendWebhook = async (url: string, secret: string, message: Message, at: Date): Promise<void> => {
  const body = webhookBody(message, at);
  const response = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'error',
    headers: { 'Content-Type': 'application/json', 'X-Headroom-Signature': signatureOf(secret, body, at) },
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
};
