import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { begin, confirm } from '@/app/two-factor-actions';
import { MustEnrol } from '@/components/security/must-enrol';
import { findActor } from '@/lib/auth/require-actor';

export const metadata: Metadata = { title: 'Set up two-factor sign-in' };
export const dynamic = 'force-dynamic';

export default async function TwoFactorPage() {
  const actor = await findActor();
  if (actor === null) redirect('/signin');
  if (actor.mustEnrol !== true) redirect('/account/security');
  return <MustEnrol actions={{ begin, confirm }} />;
}
