import { getPreferencesOfRoute, updatePreferencesOfRoute } from '@/lib/api/routes/personal';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getPreferencesOfRoute);
export const PATCH = serve(updatePreferencesOfRoute);
