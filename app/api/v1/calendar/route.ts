import { getCalendarRoute } from '@/lib/api/routes/policies';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getCalendarRoute);
