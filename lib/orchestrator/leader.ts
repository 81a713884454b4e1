import { ensureBuiltInWorkloads } from '@/lib/usecases/workloads/ensure-built-in';
import { builtInWorkloads } from '@/lib/workloads';
import { asSystem, type OrchestratorContext } from './context';
import { createExecutor } from './executor';
import { meteredHypervisor } from './metering/metered-hypervisor';
import { driveTask, type Task } from './task';
import { alarmKeeper } from './tasks/alarm-keeper';
import { approvalsExpirer } from './tasks/approvals-expirer';
import { auditKeeper } from './tasks/audit-keeper';
import { budgetWatcher } from './tasks/budget-watcher';
import { clusterReconciler } from './tasks/cluster-reconciler';
import { consoleKeeper } from './tasks/console-keeper';
import { crashSpotter } from './tasks/crash-spotter';
import { hostFencer } from './tasks/host-fencer';
import { hostRegistrar } from './tasks/host-registrar';
import { imageRegistrar } from './tasks/image-registrar';
import { labKeeper } from './tasks/lab-keeper';
import { logReader } from './tasks/log-reader';
import { metricsSampler } from './tasks/metrics-sampler';
import { nodeWatcher } from './tasks/node-watcher';
import { notifier } from './tasks/notifier';
import { orphanCollector } from './tasks/orphan-collector';
import { policyEvaluator } from './tasks/policy-evaluator';
import { spareKeeper } from './tasks/spare-keeper';
import { statementCloser } from './tasks/statement-closer';
import { statementSender } from './tasks/statement-sender';
import { trafficKeeper } from './tasks/traffic-keeper';
import { usageMeter } from './tasks/usage-meter';
import { viewKeeper } from './tasks/view-keeper';
import { vipWatcher } from './tasks/vip-watcher';

export interface Leader {
  /** Something was written to the database that tasks may want to know of. */
  wake(): void;
  /** Somebody asked something of a guest, or typed. */
  wakeGuests(): void;
  stop(): Promise<void>;
}

/** Does everything that only one process may do, until it is stopped. */
export const startLeading = async (unmetered: OrchestratorContext, epoch: number): Promise<Leader> => {
  const context = { ...unmetered, hypervisor: meteredHypervisor(unmetered.hypervisor, unmetered) };
  await context.hypervisor.start();
  await context.traffic.start();
  await ensureBuiltInWorkloads(asSystem(context, 'set-up'), builtInWorkloads);
  const executor = createExecutor(context, epoch);
  const onError = (task: string, error: unknown): void =>
    context.say('task failed', { task, error: error instanceof Error ? error.message : String(error) });
  const drive = (task: Task) => driveTask(task, { clock: context.clock, onError });
  const operations = drive(executor.task);
  const reconciler = drive(clusterReconciler(context));
  const keeper = drive(trafficKeeper(context));
  const lab = drive(labKeeper(context));
  const keptConsoles = consoleKeeper(context);
  const consoles = drive(keptConsoles);
  const logs = drive(logReader(context));
  const watcher = drive(nodeWatcher(context, () => reconciler.wake()));
  const spotter = drive(crashSpotter(context, () => watcher.wake()));
  const others = [
    hostRegistrar,
    hostFencer,
    imageRegistrar,
    vipWatcher,
    viewKeeper,
    spareKeeper,
    alarmKeeper,
    metricsSampler,
    orphanCollector,
    policyEvaluator,
    approvalsExpirer,
    notifier,
    usageMeter,
    statementCloser,
    statementSender,
    budgetWatcher,
    auditKeeper,
  ].map((make) => drive(make(context)));
  return {
    wake: () => {
      operations.wake();
      executor.wakeOperations();
      keeper.wake();
      lab.wake();
    },
    wakeGuests: () => {
      consoles.wake();
      logs.wake();
    },
    stop: async () => {
      await Promise.all([
        executor.stop(),
        ...[operations, reconciler, keeper, lab, consoles, logs, watcher, spotter, ...others].map((task) =>
          task.stop(),
        ),
      ]);
      await keptConsoles.close();
      await context.traffic.stop();
      await context.hypervisor.stop();
    },
  };
};
