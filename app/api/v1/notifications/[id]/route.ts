import { deleteChannelRoute } from '@/lib/api/routes/notifications';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const DELETE = serve(deleteChannelRoute);
