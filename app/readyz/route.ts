import { checkReadiness } from '@/lib/api/readiness';
import { getDatabase } from '@/lib/db/client';

export const dynamic = 'force-dynamic';

/** 200 when Headroom can do its work, 503 with what is missing when it cannot. */
export const GET = async (): Promise<Response> => {
  const readiness = await checkReadiness(getDatabase(), new Date());
  return Response.json(readiness, { status: readiness.ok ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
};
