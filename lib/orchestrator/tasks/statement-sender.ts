import type { StatementMail } from '@/lib/db/generated/client';
import type { Attachment } from '@/lib/mail/mail-server';
import { exportStatement } from '@/lib/usecases/billing/focus-export';
import { enqueueScheduled, findMailsDue, noteMailFailed, noteMailSent } from '@/lib/usecases/billing/send-statement';
import { renderStatementPdf } from '@/lib/usecases/billing/statement-pdf';
import { getStatement } from '@/lib/usecases/billing/statements';
import type { UseCaseContext } from '@/lib/usecases/context';
import { findMailServer } from '@/lib/usecases/settings/smtp';
import { asSystem, forEachBounded, type OrchestratorContext } from '../context';
import { sendMail } from '../notifications/mail';
import type { Task } from '../task';
import { type NotifierSettings, notifierSettingsOf } from './notifier';

const PERIOD_MS = 15_000;
const AT_ONCE = 4;

const csvOf = async (context: UseCaseContext, id: string): Promise<Attachment> => {
  const { fileName, lines } = await exportStatement(context, id);
  const texts: string[] = [];
  for await (const line of lines) texts.push(line);
  return { filename: fileName, contentType: 'text/csv', content: Buffer.from(texts.join('')) };
};

/** A closed statement never changes: whatever is sent again is the same. */
const messageOf = async (context: UseCaseContext, id: string, consoleUrl: string) => {
  const statement = await getStatement(context, id);
  const { month, costCentre, net, tax, total, currency, hash } = statement;
  const pdf = await renderStatementPdf(statement);
  return {
    message: {
      topic: 'statement',
      title: `Statement ${month}, ${costCentre}: ${total} ${currency}`,
      text: `Cost centre ${costCentre}, ${month}\n\nNet ${net} ${currency}\nTax ${tax} ${currency}\nTotal ${total} ${currency}\n\nHash ${hash}`,
      link: `${consoleUrl}/cost/statements/${encodeURIComponent(id)}`,
    },
    attachments: [
      { filename: `headroom-statement-${id}.pdf`, contentType: 'application/pdf', content: pdf },
      await csvOf(context, id),
    ],
  };
};

/**
 * Sends closed statements to those who are to have them. A mail that fails is tried again with growing waits; one goes
 * twice only when the process dies right after the mail server took it.
 */
export const statementSenderWith =
  (settings: NotifierSettings) =>
  (context: Pick<OrchestratorContext, 'db' | 'clock'>): Task => {
    const system = asSystem(context, 'statement-sender');
    const deliver = async (mail: StatementMail): Promise<void> => {
      try {
        const { message, attachments } = await messageOf(system, mail.statementId, settings.consoleUrl);
        await sendMail(await findMailServer(context.db, settings.mail), mail.to, message, attachments);
      } catch (error) {
        await noteMailFailed(system, mail, error instanceof Error ? error.message : String(error));
        return;
      }
      await noteMailSent(system, mail);
    };
    return {
      name: 'statement-sender',
      periodMs: PERIOD_MS,
      deadlineMs: 180_000,
      run: async (signal) => {
        await enqueueScheduled(system);
        const due = await findMailsDue(context.db, context.clock.now());
        await forEachBounded(due, AT_ONCE, async (mail) => {
          if (!signal.aborted) await deliver(mail);
        });
      },
    };
  };

export const statementSender = statementSenderWith(notifierSettingsOf(process.env));
