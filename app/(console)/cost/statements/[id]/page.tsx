import type { Metadata } from 'next';
import { formatMoney, formatMonth } from '@/components/cost/money-text';
import { StatementActions } from '@/components/cost/statement-actions';
import { StatementLines } from '@/components/cost/statement-lines';
import { StatementStatus } from '@/components/cost/statement-status';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { monthEndMs } from '@/lib/domain/usage/month';
import { getStatement } from '@/lib/usecases/billing/statements';
import { orNotFound } from '../../../or-not-found';
import { close, send } from '../../actions';
import { NoRates, orNoRates } from '../../or-no-rates';

export const metadata: Metadata = { title: 'Statement' };

export default async function StatementPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  const context = await pageContext();
  const statement = await orNotFound(orNoRates(getStatement(context, decodeURIComponent(id))));
  if (statement === null) return <NoRates />;
  const mayWrite = roleCan(context.actor.role, 'statements.write');
  return (
    <>
      <PageHeader
        title={`${formatMonth(statement.month)}, ${statement.costCentre}`}
        breadcrumbs={[{ label: 'Statements', href: '/cost/statements' }]}
        aside={<StatementStatus state={statement.state} />}
        actions={
          <StatementActions
            statement={statement}
            acts={mayWrite ? { close, send } : null}
            isOver={context.clock().getTime() >= monthEndMs(statement.month)}
          />
        }
      />
      <div className="flex flex-col gap-4">
        <Panel>
          <DescriptionList>
            <Description term="Total">{formatMoney(statement.total, statement.currency)}</Description>
            <Description term="Net, tax">
              {formatMoney(statement.net, statement.currency)}, {formatMoney(statement.tax, statement.currency)}
            </Description>
            <Description term="Closed">
              {statement.closedAt === null ? (
                'not yet: what is used goes on being added'
              ) : (
                <>
                  <Time at={statement.closedAt} format="full" /> by {statement.closedBy}
                </>
              )}
            </Description>
            {statement.sendings.map((sending) => (
              <Description key={sending.sentAt} term="Sent">
                <Time at={sending.sentAt} format="full" /> to {sending.recipients.join(', ')} by {sending.sentBy}
              </Description>
            ))}
            {statement.mails.map((mail) => (
              <Description
                key={`${mail.to} ${mail.requestedAt}`}
                term={mail.state === 'failed' ? 'Not sent' : 'On its way'}
              >
                to {mail.to}, asked for by {mail.requestedBy}
                {mail.lastError !== null && `: ${mail.lastError}`}
                {mail.nextAttemptAt !== null && mail.attempts > 0 && (
                  <>
                    , tried again <Time at={mail.nextAttemptAt} />
                  </>
                )}
              </Description>
            ))}
            {statement.hash !== null && <Description term="Hash">{statement.hash}</Description>}
          </DescriptionList>
        </Panel>
        <Panel
          title="Lines"
          description="Quantity times price, each line rounded to the cent, halves up; tax is reckoned and rounded per line."
          flush
        >
          <StatementLines statement={statement} />
        </Panel>
      </div>
    </>
  );
}
