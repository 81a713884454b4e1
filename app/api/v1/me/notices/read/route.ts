import { markReadRoute } from '@/lib/api/routes/personal';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const POST = serve(markReadRoute);
