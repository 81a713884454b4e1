import { getSignInSettingsRoute, setSignInSettingsRoute } from '@/lib/api/routes/settings';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getSignInSettingsRoute);
export const PATCH = serve(setSignInSettingsRoute);
