import { getPolicyCostRoute } from '@/lib/api/routes/billing';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getPolicyCostRoute);
