import { getTodayRoute } from '@/lib/api/routes/overview';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getTodayRoute);
