import { confirmVmOffRoute } from '@/lib/api/routes/healing';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const POST = serve(confirmVmOffRoute);
