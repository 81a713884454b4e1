import { getSmtpSettingsRoute, removeSmtpSettingsRoute, setSmtpSettingsRoute } from '@/lib/api/routes/settings';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getSmtpSettingsRoute);
export const PATCH = serve(setSmtpSettingsRoute);
export const DELETE = serve(removeSmtpSettingsRoute);
