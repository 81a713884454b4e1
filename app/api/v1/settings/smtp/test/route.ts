import { testSmtpRoute } from '@/lib/api/routes/settings';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const POST = serve(testSmtpRoute);
