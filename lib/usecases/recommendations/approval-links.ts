import { hasSecondFactor } from '@/lib/auth/second-factor';
import { hashToken } from '@/lib/auth/token';
import type { User } from '@/lib/db/generated/client';
import type { RecommendationView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { roleCan } from '@/lib/domain/role';
import { mac } from '@/lib/secrets/seal';
import type { Actor, Database, Transaction, UseCaseContext } from '../context';
import { newId } from '../ids';
import { roleNeedsCode } from '../settings/sign-in';
import { approveRecommendation, rejectRecommendation } from './decide';
import { getRecommendationRow } from './recommendations';
import { toRecommendationView } from './view';

/**
 * Whether a person may decide by mail alone. One who protects their account by a second factor, or whose role asks for
 * one, has to sign in: a mailbox is not both.
 */
const mayDecideByMail = async (db: Database, user: User): Promise<boolean> =>
  user.disabledAt === null &&
  roleCan(user.role, 'recommendation.decide') &&
  !hasSecondFactor(user) &&
  !(await roleNeedsCode(db, user.role));

/**
 * The path of a link by which the person with this address answers this recommendation, once and while it is open; null
 * where they have to sign in. Asked again it gives the same link: the token is signed with the installation's key over
 * link, recommendation, person and end, and only its hash is kept.
 */
export const ensureApprovalLink = async (
  db: Database,
  recommendationId: string,
  email: string,
  now: Date,
): Promise<string | null> => {
  const [recommendation, user] = await Promise.all([
    db.recommendation.findUnique({ where: { id: recommendationId } }),
    db.user.findUnique({ where: { email } }),
  ]);
  if (recommendation === null || recommendation.state !== 'open' || recommendation.expiresAt <= now) return null;
  if (user === null || !(await mayDecideByMail(db, user))) return null;
  // Whoever asked does not answer.
  const { policyId, approvalsNeeded, author } = recommendation;
  if (author === email && (policyId === null || approvalsNeeded > 1)) return null;
  const who = { recommendationId, userId: user.id };
  const known = await db.approvalLink.findUnique({ where: { recommendationId_userId: who } });
  if (known !== null && known.usedAt !== null) return null;
  const id = known?.id ?? newId();
  const expiresAt = known?.expiresAt ?? recommendation.expiresAt;
  const signed = [id, recommendationId, user.id, expiresAt.toISOString()].join(' ');
  const token = `${id}.${mac(signed, 'approval-link')}`;
  if (known === null) {
    await db.approvalLink.create({ data: { id, tokenHash: hashToken(token), ...who, createdAt: now, expiresAt } });
  }
  return `/decide?token=${token}`;
};

const NOT_VALID = 'This link is not valid (any more). Sign in to see what waits for you.';

/** What a link opens. Looking at it changes nothing. */
export interface OpenedLink {
  readonly person: { readonly name: string; readonly email: string };
  readonly recommendation: RecommendationView;
  /** `used` also when it was answered by somebody else's link or in the console. */
  readonly state: 'valid' | 'used' | 'expired';
}

/** Throws `forbidden` for a token that was never given out, and for a person who may not decide (any more). */
export const openApprovalLink = async (db: Database, token: string, now: Date): Promise<OpenedLink> => {
  const link = await db.approvalLink.findUnique({ where: { tokenHash: hashToken(token) }, include: { user: true } });
  if (link === null || !(await mayDecideByMail(db, link.user))) throw new HeadroomError('forbidden', NOT_VALID);
  const row = await getRecommendationRow(db, link.recommendationId);
  return {
    person: { name: link.user.name, email: link.user.email },
    recommendation: toRecommendationView(row, link.user.role),
    state: link.usedAt !== null ? 'used' : link.expiresAt <= now ? 'expired' : 'valid',
  };
};

/** Uses the link up, within the transaction of the answer: of many at once one succeeds, and a refused answer uses none. */
const consume = async (tx: Transaction, id: string, now: Date): Promise<void> => {
  const { count } = await tx.approvalLink.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count !== 1) throw new HeadroomError('forbidden', NOT_VALID);
};

export interface LinkAnswer {
  readonly token: string;
  readonly verdict: 'approve' | 'reject';
  readonly planHash: string;
  readonly comment: string;
}

/**
 * Answers in the name of the person whom the link was sent to, with what their role may now. Throws `forbidden` for a link
 * that is unknown, used or expired, and what `approveRecommendation` and `rejectRecommendation` throw; then the link may
 * be used again.
 */
export const answerByLink = async (
  setting: Omit<UseCaseContext, 'actor'>,
  { token, verdict, planHash, comment }: LinkAnswer,
): Promise<RecommendationView> => {
  const link = await setting.db.approvalLink.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { user: true },
  });
  if (link === null || !(await mayDecideByMail(setting.db, link.user))) throw new HeadroomError('forbidden', NOT_VALID);
  const { user } = link;
  const actor: Actor = { kind: 'user', id: user.id, name: user.email, role: user.role };
  const decide = verdict === 'approve' ? approveRecommendation : rejectRecommendation;
  const via = { label: 'link in a mail', take: (tx: Transaction) => consume(tx, link.id, setting.clock()) };
  return decide({ ...setting, actor }, link.recommendationId, { planHash, comment }, via);
};
