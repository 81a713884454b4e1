import Link from 'next/link';
import { formatShape } from '@/components/states/shape-text';
import { CopyText } from '@/components/ui/copy-button';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { Panel } from '@/components/ui/panel';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { UsageDetail } from '@/lib/domain/contract';
import { formatMoney, formatQuantity, formatSeconds } from './money-text';
import { METER_TEXT, TIER_TEXT } from './tier-text';

const OperationLink = ({ id }: { readonly id: string }) => (
  <Link prefetch={false} href={`/operations/${id}`} className="rounded-sm text-accent-text hover:underline">
    {id}
  </Link>
);

export const UsageFacts = ({ usage }: { readonly usage: UsageDetail }) => (
  <div className="grid items-start gap-4 xl:grid-cols-2">
    <Panel title="What">
      <DescriptionList>
        <Description term="As">{TIER_TEXT[usage.tier]}</Description>
        {usage.resource === 'vm' && <Description term="Shape">{formatShape(usage.shape)}</Description>}
        {usage.resource === 'volume' && <Description term="Size">{usage.shape.diskGiB} GiB</Description>}
        <Description term="Cluster">{usage.cluster.name}</Description>
        <Description term="Cost centre">{usage.costCentre}</Description>
        {usage.site !== '' && (
          <Description term="Where">
            {usage.host}, {usage.site}
          </Description>
        )}
        <Description term="Began">
          <Time at={usage.startedAt} format="full" />
        </Description>
        <Description term="Ended">
          {usage.endedAt === null ? 'goes on' : <Time at={usage.endedAt} format="full" />}
        </Description>
        <Description term="Length">{formatSeconds(usage.seconds)}</Description>
        {usage.hash !== null && (
          <Description term="Hash">
            <CopyText text={usage.hash} label="Copy the hash" className="max-w-full" />
          </Description>
        )}
      </DescriptionList>
    </Panel>
    <Panel title="Why">
      <DescriptionList>
        <Description term="Began by">{usage.actor}</Description>
        <Description term="Reason">{usage.reason}</Description>
        {usage.operation !== null && (
          <>
            <Description term="Operation">
              <OperationLink id={usage.operation.id} /> ({usage.operation.kind})
            </Description>
            <Description term="Asked by">{usage.operation.requestedBy}</Description>
            <Description term="Approved by">{usage.operation.approvedBy ?? 'needed no approval'}</Description>
          </>
        )}
        {usage.end !== null && (
          <>
            <Description term="Ended by">{usage.end.actor}</Description>
            <Description term="Because">{usage.end.reason}</Description>
            {usage.end.operationId !== null && (
              <Description term="Operation">
                <OperationLink id={usage.end.operationId} />
              </Description>
            )}
          </>
        )}
      </DescriptionList>
    </Panel>
    <Panel
      title="What it costs"
      description="Before rounding, which is done once per line of a statement."
      flush
      className="xl:col-span-2"
    >
      <Table label="Charges">
        <TableHead>
          <TableHeader>Meter</TableHeader>
          <TableHeader numeric>Quantity</TableHeader>
          <TableHeader numeric>Price</TableHeader>
          <TableHeader>Rate</TableHeader>
          <TableHeader numeric>Cost</TableHeader>
        </TableHead>
        <TableBody>
          {usage.charges.map((charge) => (
            <TableRow key={`${charge.meter} ${charge.rateVersion}`}>
              <TableCell>{METER_TEXT[charge.meter]}</TableCell>
              <TableCell numeric>
                {formatQuantity(charge.quantity)} {charge.unit}
              </TableCell>
              <TableCell numeric>{formatMoney(charge.unitPrice, usage.currency)}</TableCell>
              <TableCell>
                <Link
                  prefetch={false}
                  href={`/cost/rates#rate-${charge.rateVersion}`}
                  className="rounded-sm text-accent-text hover:underline"
                >
                  version {charge.rateVersion}
                </Link>
              </TableCell>
              <TableCell numeric>{formatMoney(charge.cost, usage.currency)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  </div>
);
