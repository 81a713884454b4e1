import { HeadroomError } from '@/lib/domain/errors';

/** Whoever says that something is off types its name. Throws `confirmation_required` for another one. */
export const requireName = (what: 'host' | 'VM', name: string, typed: string): void => {
  if (typed === name) return;
  throw new HeadroomError('confirmation_required', `Type the ${what}'s name, ${name}, to confirm that it is off.`, {
    details: { fields: [{ field: 'confirmName', message: 'This is not its name.' }] },
  });
};
