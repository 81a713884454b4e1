import { resetTwoFactorRoute } from '@/lib/api/routes/admin';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const DELETE = serve(resetTwoFactorRoute);
