import { deleteWorkloadRoute, getWorkloadRoute } from '@/lib/api/routes/workloads';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getWorkloadRoute);
export const DELETE = serve(deleteWorkloadRoute);
