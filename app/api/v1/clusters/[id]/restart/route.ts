import { restartApplicationRoute } from '@/lib/api/routes/clusters';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const POST = serve(restartApplicationRoute);
