import { operationEventsRoute } from '@/lib/api/routes/operations';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(operationEventsRoute);
