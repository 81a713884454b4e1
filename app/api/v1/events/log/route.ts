import { listEventsRoute } from '@/lib/api/routes/events';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(listEventsRoute);
