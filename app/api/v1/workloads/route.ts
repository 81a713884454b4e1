import { createWorkloadRoute, listWorkloadsRoute } from '@/lib/api/routes/workloads';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(listWorkloadsRoute);
export const POST = serve(createWorkloadRoute);
