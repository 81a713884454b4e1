import { hurtLabRoute, listLabFaultsRoute } from '@/lib/api/routes/lab';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(listLabFaultsRoute);
export const POST = serve(hurtLabRoute);
