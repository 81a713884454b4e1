import type { Metadata } from 'next';
import { ImagesTable } from '@/components/settings/images-table';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { listImages } from '@/lib/usecases/images/list-images';

export const metadata: Metadata = { title: 'Images' };

export default async function ImagesPage() {
  const { items } = await listImages(await pageContext());
  return (
    <Panel
      title="Guest images"
      description="Named by the hash of what they are made of: other packages, another release or recipe give another image."
      flush
    >
      <ImagesTable images={items} />
    </Panel>
  );
}
