import type { HostView, LabelsInput, SiteView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type UseCaseContext } from '../context';
import { record } from '../record';
import { getHostRow } from './hosts';
import { toHostView } from './view';

/** Says of a host what people find it by. Throws `not_found`. */
export const setHostLabels = async (
  context: UseCaseContext,
  idOrName: string,
  { labels }: LabelsInput,
): Promise<HostView> => {
  authorise(context, 'host.maintain');
  return record(context, async (tx) => {
    const host = await getHostRow(tx, idOrName);
    await tx.host.update({ where: { id: host.id }, data: { labels } });
    return {
      value: toHostView({ ...host, labels }),
      audit: { action: 'host.label', subject: `host/${host.name}`, detail: { from: host.labels, to: labels } },
      events: [{ kind: 'host', payload: { host: host.name } }],
    };
  });
};

const SITE_INCLUDE = { hosts: { select: { name: true }, orderBy: { name: 'asc' } } } as const;

/** Sites by name, with their hosts. */
export const listSites = async (context: UseCaseContext): Promise<{ readonly items: readonly SiteView[] }> => {
  authorise(context, 'cluster.read');
  const rows = await context.db.site.findMany({ orderBy: { name: 'asc' }, include: SITE_INCLUDE });
  return {
    items: rows.map(({ id, name, labels, hosts }) => ({ id, name, labels, hosts: hosts.map((host) => host.name) })),
  };
};

/** Says of a site what people find it by. Throws `not_found`. */
export const setSiteLabels = async (
  context: UseCaseContext,
  idOrName: string,
  { labels }: LabelsInput,
): Promise<SiteView> => {
  authorise(context, 'host.maintain');
  return record(context, async (tx) => {
    const where = { OR: [{ id: idOrName }, { name: idOrName }] };
    const site = await tx.site.findFirst({ where, include: SITE_INCLUDE });
    if (site === null) throw new HeadroomError('not_found', `There is no site ${JSON.stringify(idOrName)}.`);
    await tx.site.update({ where: { id: site.id }, data: { labels } });
    const { id, name, hosts } = site;
    return {
      value: { id, name, labels, hosts: hosts.map((host) => host.name) },
      audit: { action: 'site.label', subject: `site/${name}`, detail: { from: site.labels, to: labels } },
      events: hosts.map((host) => ({ kind: 'host' as const, payload: { host: host.name } })),
    };
  });
};
