import { serveNotFound } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serveNotFound;
export const POST = serveNotFound;
export const PUT = serveNotFound;
export const PATCH = serveNotFound;
export const DELETE = serveNotFound;
