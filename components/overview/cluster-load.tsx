'use client';

import { useQuery } from '@tanstack/react-query';
import { readLoadOf } from './load-batch';
import { LoadLine } from './load-line';

const REFRESH_MS = 10_000;

/** Requests per second of the last ten minutes. Not live to the second: a list has many of them. */
export const ClusterLoad = ({ clusterId, name }: { readonly clusterId: string; readonly name: string }) => {
  const { data } = useQuery({
    queryKey: ['load', clusterId],
    queryFn: () => readLoadOf(clusterId),
    refetchInterval: REFRESH_MS,
  });
  return <LoadLine name={name} values={data ?? []} />;
};
