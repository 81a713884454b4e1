import { listSitesRoute } from '@/lib/api/routes/inventory';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(listSitesRoute);
