import { expect, it } from 'vitest';
import { mailHtml } from './mail-html';
import { webhookBody } from './webhook';

const message = {
  topic: 'recommendation',
  title: 'shop: 2 → 3 nodes <b>',
  text: 'CPU > 80 % & rising\nsecond line',
  link: 'https://headroom.example.org/approvals/1?a=1&b=2',
};

it('a mail says the same in HTML, as text and never as mark-up, with the link to press', () => {
  const html = mailHtml({ ...message, answerLink: 'https://headroom.example.org/decide?token=x' });
  expect(html).toContain('shop: 2 → 3 nodes &lt;b&gt;');
  expect(html).toContain('CPU &gt; 80 % &amp; rising');
  expect(html).toContain('href="https://headroom.example.org/decide?token=x"');
  expect(html).toContain('href="https://headroom.example.org/approvals/1?a=1&amp;b=2"');
  expect(html).not.toMatch(/<img|src=/);
  expect(mailHtml(message)).not.toContain('/decide');
});

it("a webhook's text is what Slack shows: its control characters are escaped, the other fields are as they are", () => {
  const body = JSON.parse(webhookBody(message, new Date(0)));
  expect(body.text).toBe(
    '*shop: 2 → 3 nodes &lt;b&gt;*\nCPU &gt; 80 % &amp; rising\nsecond line\nhttps://headroom.example.org/approvals/1?a=1&amp;b=2',
  );
  expect(body).toMatchObject({ title: message.title, message: message.text, link: message.link });
});
