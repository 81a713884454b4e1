import { getLabFaultRoute } from '@/lib/api/routes/lab';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getLabFaultRoute);
