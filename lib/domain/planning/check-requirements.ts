import type { FieldProblem } from '../errors';
import { NODES_MAX, type Requirements, SPARES_MAX } from '../requirements';
import { SHAPE_LIMITS as L } from '../shape';

/** What is wrong with requirements before any host is looked at; empty when nothing is. */
export function checkRequirements(r: Requirements): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const whole = (field: string, value: number, min: number, max: number, unit: string): void => {
    if (!Number.isInteger(value) || value < min || value > max) {
      problems.push({ field, message: `A whole number from ${min} to ${max}${unit}.` });
    }
  };
  whole('nodes', r.nodes, 1, NODES_MAX, ' nodes');
  whole('spares', r.spares, 0, SPARES_MAX, ' spares');
  whole('shape.vcpus', r.shape.vcpus, L.vcpusMin, L.vcpusMax, ' vCPUs');
  whole('shape.memoryMiB', r.shape.memoryMiB, L.memoryMiBMin, L.memoryMiBMax, ' MiB');
  whole('shape.diskGiB', r.shape.diskGiB, L.diskGiBMin, L.diskGiBMax, ' GiB');
  if (r.shape.memoryMiB % L.memoryMiBStep !== 0) {
    problems.push({
      field: 'shape.memoryMiB',
      message: `A multiple of ${L.memoryMiBStep} MiB: guests take memory in such blocks.`,
    });
  }
  return problems;
}
