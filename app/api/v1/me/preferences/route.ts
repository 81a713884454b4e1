import { getPreferencesRoute, updatePreferencesRoute } from '@/lib/api/routes/personal';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getPreferencesRoute);
export const PATCH = serve(updatePreferencesRoute);
