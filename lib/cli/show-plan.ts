import type { PlanView } from '@/lib/domain/contract';
import { describeShape } from '@/lib/domain/shape';
import { printLine, printTable } from './output';

/** A plan as a person reads it: what comes and goes, then the steps. */
export const showPlan = async (plan: PlanView): Promise<void> => {
  printLine(`${plan.kind} of ${plan.clusterName}, mode ${plan.mode}, generation ${plan.generation}`);
  const rows = [
    ...plan.creates.map((vm) => ['new', vm.name, vm.hostName, vm.siteName, describeShape(vm.shape), vm.role]),
    ...plan.keeps.map((vm) => ['keep', vm.name, vm.hostName, vm.siteName, describeShape(vm.shape), vm.role]),
    ...plan.removes.map((vm) => ['remove', vm.name, vm.hostName, vm.siteName, describeShape(vm.shape), vm.role]),
  ];
  if (rows.length > 0) {
    printLine();
    await printTable(['', 'VM', 'HOST', 'SITE', 'SHAPE', 'ROLE'], rows);
  }
  const pairs = plan.pairing.filter((pair) => pair.from !== null && pair.to !== null);
  if (pairs.length > 0) printLine(`\nHand-over: ${pairs.map((pair) => `${pair.from} → ${pair.to}`).join(', ')}`);
  if (plan.steps.length > 0) {
    printLine();
    await printTable(
      ['#', 'STEP', ''],
      plan.steps.map((step, i) => [i + 1, step.title, step.movesTraffic ? 'moves traffic' : '']),
    );
  }
  printLine(
    `\nMeanwhile besides: ${describeShape(plan.extraWhileRunning)}. Expected outage: ${plan.expectedOutageMs} ms.`,
  );
  if (plan.cost !== undefined) {
    const { perHourBefore, perHourAfter, perMonthBefore, perMonthAfter, currency } = plan.cost;
    printLine(
      `Cost: ${perHourBefore} → ${perHourAfter} ${currency} per hour, ${perMonthBefore} → ${perMonthAfter} ${currency} per month of 730 hours.`,
    );
  }
  printLine(`Plan hash: ${plan.hash}`);
};
