/** What lists can be sorted by. By themselves, since the console's lists know them without the schemas. */
export const CLUSTER_SORTS = ['name', 'state', 'workload', 'created'] as const;
export const OPERATION_SORTS = ['created', 'state', 'kind', 'cluster'] as const;
export const VM_SORTS = ['name', 'state', 'role', 'cluster', 'host', 'vcpus', 'memory', 'started'] as const;
