'use client';

/** Also of what stands around every page, such as who is signed in. */
export { PageError as default } from '@/components/ui/page-error';
