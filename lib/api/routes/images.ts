import { z } from 'zod';
import { imageViewSchema } from '@/lib/domain/contract';
import { listImages } from '@/lib/usecases/images/list-images';
import { defineRoute, ok } from '../define-route';

export const listImagesRoute = defineRoute({
  method: 'get',
  path: '/images',
  id: 'listImages',
  tag: 'VMs',
  summary: 'Guest images: what each is made of, what it takes, who uses it',
  responses: { 200: { description: 'All of them', schema: z.object({ items: z.array(imageViewSchema) }) } },
  handle: async ({ context }) => ok(await listImages(context)),
});
