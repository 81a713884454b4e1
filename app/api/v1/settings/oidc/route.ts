import { getOidcSettingsRoute, removeOidcSettingsRoute, setOidcSettingsRoute } from '@/lib/api/routes/settings';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getOidcSettingsRoute);
export const PATCH = serve(setOidcSettingsRoute);
export const DELETE = serve(removeOidcSettingsRoute);
