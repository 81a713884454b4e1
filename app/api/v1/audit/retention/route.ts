import { getRetentionRoute, setRetentionRoute } from '@/lib/api/routes/admin';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getRetentionRoute);
export const POST = serve(setRetentionRoute);
