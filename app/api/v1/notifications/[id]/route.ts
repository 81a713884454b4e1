import { deleteChannelRoute, updateChannelRoute } from '@/lib/api/routes/notifications';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const DELETE = serve(deleteChannelRoute);
export const PATCH = serve(updateChannelRoute);
