import { clusterHealthRoute } from '@/lib/api/routes/healing';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(clusterHealthRoute);
