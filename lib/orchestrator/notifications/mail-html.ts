import type { Message } from './webhook';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

const PARAGRAPH = 'margin:0 0 12px;font-size:15px;line-height:1.5';
/** 48 px high: for a thumb. Programs for mail know no style sheets. */
const BUTTON =
  'display:inline-block;padding:0 24px;line-height:48px;border-radius:6px;background:#2a57d6;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none';

const paragraph = (line: string): string => `<p style="${PARAGRAPH}">${escaped(line)}</p>`;
const button = (label: string, href: string): string =>
  `<p style="${PARAGRAPH}"><a href="${escaped(href)}" style="${BUTTON}">${escaped(label)}</a></p>`;

/** A mail for those who read it on a phone: the same text, and what to press. Nothing in it is loaded from anywhere. */
export const mailHtml = ({ title, text, link, answerLink }: Message): string =>
  [
    '<div style="max-width:36em;margin:0 auto;padding:16px;font-family:system-ui,sans-serif;color:#1a1d21">',
    `<h1 style="margin:0 0 12px;font-size:18px">${escaped(title)}</h1>`,
    ...text.split('\n').map(paragraph),
    ...(answerLink == null
      ? [button('Open in Headroom', link)]
      : [
          button('Review, approve or reject', answerLink),
          paragraph('The link is for you alone and works once.'),
          `<p style="${PARAGRAPH}"><a href="${escaped(link)}">In the console</a></p>`,
        ]),
    '</div>',
  ].join('\n');
