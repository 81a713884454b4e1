import { listDeliveriesRoute } from '@/lib/api/routes/notifications';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(listDeliveriesRoute);
