import { createChannelRoute, listChannelsRoute } from '@/lib/api/routes/notifications';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(listChannelsRoute);
export const POST = serve(createChannelRoute);
