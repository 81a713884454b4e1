import { cancelOperationRoute } from '@/lib/api/routes/operations';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const POST = serve(cancelOperationRoute);
