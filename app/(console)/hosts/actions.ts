'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import {
  confirmOffSchema,
  type HostView,
  labelsSchema,
  type MaintenanceAccepted,
  type PlanView,
  reasonSchema,
  type SiteView,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { confirmHostOff } from '@/lib/usecases/hosts/confirm-off';
import { setHostLabels, setSiteLabels } from '@/lib/usecases/hosts/labels';
import { setMaintenance } from '@/lib/usecases/hosts/set-maintenance';
import { confirmVmOff } from '@/lib/usecases/vms/confirm-off';

const hostSchema = z.string().min(1).max(64);
const changeSchema = z.strictObject({ host: hostSchema, enabled: z.boolean(), reason: reasonSchema });

const wrongAnswer = (): HeadroomError =>
  new HeadroomError('internal', 'The answer is not of the kind that was asked for.');

export const previewMaintenance = async (input: unknown): Promise<ActionResult<readonly PlanView[]>> =>
  runAction(hostSchema, input, async (context, host) => {
    const answer = await setMaintenance(context, host, { enabled: true, dryRun: true });
    if ('plans' in answer) return answer.plans;
    throw wrongAnswer();
  });

export const changeMaintenance = async (input: unknown): Promise<ActionResult<MaintenanceAccepted>> =>
  runAction(changeSchema, input, async (context, { host, enabled, reason }) => {
    const answer = await setMaintenance(context, host, {
      enabled,
      dryRun: false,
      ...(reason === '' ? {} : { reason }),
    });
    if ('host' in answer) return answer;
    throw wrongAnswer();
  });

const confirmOffOfSchema = confirmOffSchema.extend({
  noun: z.enum(['host', 'vm']),
  subject: z.string().min(1).max(64),
});

export const confirmOff = async (input: unknown): Promise<ActionResult<null>> =>
  runAction(confirmOffOfSchema, input, async (context, { noun, subject, ...decision }) => {
    if (noun === 'host') await confirmHostOff(context, subject, decision);
    else await confirmVmOff(context, subject, decision);
    return null;
  });

const labelsOfSchema = labelsSchema.extend({ name: hostSchema });

export const labelHost = async (input: unknown): Promise<ActionResult<HostView>> =>
  runAction(labelsOfSchema, input, (context, { name, labels }) => setHostLabels(context, name, { labels }));

export const labelSite = async (input: unknown): Promise<ActionResult<SiteView>> =>
  runAction(labelsOfSchema, input, (context, { name, labels }) => setSiteLabels(context, name, { labels }));
