import { renderMetrics } from '@/lib/api/prometheus';
import { getDatabase } from '@/lib/db/client';

export const dynamic = 'force-dynamic';

/** For Prometheus; open like /healthz, and without names of people or anything secret. */
export const GET = async (): Promise<Response> => {
  const { text, contentType } = await renderMetrics(getDatabase(), new Date());
  return new Response(text, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
};
