import type { AlarmActions } from '@/components/alarms/alarm-actions';
import { type Role, roleCan } from '@/lib/domain/role';
import { startRecovery } from './clusters/actions';
import { confirmOff } from './hosts/actions';

/** What a role may decide about alarms. */
export const alarmActionsFor = (role: Role): AlarmActions => ({
  confirmOff: roleCan(role, 'host.fence') ? confirmOff : null,
  recover: roleCan(role, 'cluster.change') ? startRecovery : null,
});

/** Open alarms, as pages read them first. */
export const OPEN_ALARMS = { open: true, limit: 200 } as const;
