import { notFound, redirect } from 'next/navigation';
import { settingsPagesFor } from '@/components/settings/settings-pages';
import { pageContext } from '@/lib/auth/require-actor';

/** Goes on to the first that the viewer's role sees. */
export default async function SettingsPage() {
  const [first] = settingsPagesFor((await pageContext()).actor.role);
  if (first === undefined) notFound();
  redirect(first.href);
}
