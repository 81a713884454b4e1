import { deletePolicyRoute, getPolicyRoute, updatePolicyRoute } from '@/lib/api/routes/policies';
import { serve } from '@/lib/api/serve';

export const dynamic = 'force-dynamic';
export const GET = serve(getPolicyRoute);
export const PATCH = serve(updatePolicyRoute);
export const DELETE = serve(deletePolicyRoute);
