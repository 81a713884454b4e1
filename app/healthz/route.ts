export const dynamic = 'force-dynamic';

/** The web process answers. */
export const GET = (): Response => Response.json({ ok: true }, { headers: { 'Cache-Control': 'no-store' } });
