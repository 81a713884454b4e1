import { OPERATION_STATES } from '@/lib/domain/operation';

/** What the list is narrowed to; in the page's address, so that it can be sent to somebody. */
export interface ActivityFilter {
  readonly show: 'all' | 'active' | 'ended';
  readonly state: (typeof OPERATION_STATES)[number] | null;
  readonly cluster: string | null;
}

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

const one = (value: string | readonly string[] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** From the address; what it does not know it leaves out. */
export const parseActivityFilter = (params: Params): ActivityFilter => {
  const show = one(params.show);
  const state = one(params.state);
  return {
    show: show === 'active' || show === 'ended' ? show : 'all',
    state: OPERATION_STATES.find((known) => known === state) ?? null,
    cluster: one(params.cluster)?.slice(0, 64) ?? null,
  };
};

/** As the API takes it. */
export const toApiFilter = ({ show, state, cluster }: ActivityFilter): Readonly<Record<string, string>> => ({
  ...(show === 'all' ? {} : { active: String(show === 'active') }),
  ...(state === null ? {} : { state }),
  ...(cluster === null ? {} : { cluster }),
});

/** The address of the list so narrowed. */
export const toHref = ({ show, state, cluster }: ActivityFilter): string => {
  const search = new URLSearchParams({
    ...(show === 'all' ? {} : { show }),
    ...(state === null ? {} : { state }),
    ...(cluster === null ? {} : { cluster }),
  }).toString();
  return search === '' ? '/operations' : `/operations?${search}`;
};
