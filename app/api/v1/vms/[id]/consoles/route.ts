import { openConsoleRoute } from '@/lib/api/routes/consoles';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const POST = serve(openConsoleRoute);
