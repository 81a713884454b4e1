import { expireRecommendations } from '@/lib/usecases/recommendations/expire';
import { asSystem, type OrchestratorContext } from '../context';
import type { Task } from '../task';

/** Puts recommendations that nobody answers to the next role, and closes those whose time is over. */
export const approvalsExpirer = (context: OrchestratorContext): Task => ({
  name: 'approvals-expirer',
  periodMs: 15_000,
  deadlineMs: 30_000,
  run: () => expireRecommendations(asSystem(context, 'approvals-expirer')),
});
