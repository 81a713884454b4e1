import { renewRecoveryCodesRoute } from '@/lib/api/routes/account';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const POST = serve(renewRecoveryCodesRoute);
