import { loadsRoute } from '@/lib/api/routes/overview';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(loadsRoute);
