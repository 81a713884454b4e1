/** Clusters whose loads are given at once. */
export const LOADS_MAX = 200;
