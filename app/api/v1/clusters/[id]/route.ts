import { deleteClusterRoute, getClusterRoute } from '@/lib/api/routes/clusters';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getClusterRoute);
export const DELETE = serve(deleteClusterRoute);
