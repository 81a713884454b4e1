import { notFound } from 'next/navigation';
import { isHeadroomError } from '@/lib/domain/errors';

/** What was read, or the page that says there is no such thing. */
export const orNotFound = async <T>(read: Promise<T>): Promise<T> => {
  try {
    return await read;
  } catch (error) {
    if (isHeadroomError(error) && error.code === 'not_found') notFound();
    throw error;
  }
};
