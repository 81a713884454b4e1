import { onDemand, useSoon } from '@/components/ui/on-demand';

/** The schema of a request for a cluster, and zod with it: nothing is typed before it has come. */
const CHECK = onDemand(() => import('./preview-request'));

/** What checks the form; null while it has not come. */
export const useCreationCheck = () => useSoon(CHECK);
