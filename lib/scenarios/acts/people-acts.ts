import { confirmOffSchema, hurtLabSchema, maintenanceSchema } from '@/lib/domain/contract';
import { confirmHostOff } from '@/lib/usecases/hosts/confirm-off';
import { setMaintenance } from '@/lib/usecases/hosts/set-maintenance';
import { hurtLab } from '@/lib/usecases/lab/hurt-lab';
import { restoreLab } from '@/lib/usecases/lab/restore-lab';
import { createPolicy } from '@/lib/usecases/policies/create-policy';
import { approveRecommendation, rejectRecommendation } from '@/lib/usecases/recommendations/decide';
import { confirmVmOff } from '@/lib/usecases/vms/confirm-off';
import type { Stage } from '../stage';
import { parsePolicy } from '../world-file';
import type { Act } from './cluster-acts';

const openRecommendation = (stage: Stage, policy: string) =>
  stage.scene.db.recommendation.findFirstOrThrow({
    where: { policy: { name: policy } },
    orderBy: [{ createdAt: 'desc' }],
  });

/** Plans by the policy that asked, as a person saw them who looked a moment ago. */
const seenPlans = new WeakMap<Stage, Map<string, string>>();

export const peopleActs: Readonly<Record<string, Act>> = {
  maintenance: (stage, { words: [host = '', onOff = 'on'], options: { as, ...input } }) =>
    setMaintenance(stage.as(as), host, maintenanceSchema.parse({ enabled: onOff === 'on', ...input })),
  'confirm-off': (stage, { words: [host = ''], options: { as, confirm, reason } }) =>
    confirmHostOff(stage.as(as), host, confirmOffSchema.parse({ confirmName: confirm ?? host, reason })),
  'confirm-vm-off': (stage, { words: [vm = ''], options: { as, confirm, reason } }) =>
    confirmVmOff(stage.as(as), vm, confirmOffSchema.parse({ confirmName: confirm ?? vm, reason })),
  hurt: (stage, { words: [kind, target], options: { as, ...input } }) =>
    hurtLab(stage.as(as), hurtLabSchema.parse({ kind, target, ...input })),
  restore: async (stage, { words: [kind = '', target = ''], options: { as } }) => {
    const fault = await stage.scene.db.labFault.findFirstOrThrow({
      where: { kind, target },
      orderBy: { requestedAt: 'desc' },
    });
    return restoreLab(stage.as(as), fault.id);
  },
  policy: (stage, { options: { as, ...policy } }) =>
    createPolicy(
      stage.as(as),
      parsePolicy(
        Object.fromEntries(Object.entries(policy).map(([k, v]) => [k, /^[{[\d]/.test(v) ? JSON.parse(v) : v])),
      ),
    ),
  /** Looks at what a policy recommends, so that a later approval is of that plan. */
  look: async (stage, { words: [policy = ''] }) => {
    const { planHash } = await openRecommendation(stage, policy);
    const seen = seenPlans.get(stage) ?? new Map<string, string>();
    seenPlans.set(stage, seen.set(policy, planHash));
  },
  approve: async (stage, { words: [policy = ''], options: { as, comment = '' } }) => {
    const { id, planHash } = await openRecommendation(stage, policy);
    const seen = seenPlans.get(stage)?.get(policy);
    return approveRecommendation(stage.as(as), id, { planHash: seen ?? planHash, comment });
  },
  reject: async (stage, { words: [policy = ''], options: { as, comment = '' } }) => {
    const { id } = await openRecommendation(stage, policy);
    return rejectRecommendation(stage.as(as), id, { comment });
  },
};
