import { listImagesRoute } from '@/lib/api/routes/images';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(listImagesRoute);
