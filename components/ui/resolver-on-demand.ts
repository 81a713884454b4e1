import type { FieldValues, Resolver } from 'react-hook-form';
import { onDemand } from './on-demand';

/** A form's resolver whose schema, and zod with it, come when the form is first checked. */
export const resolverOnDemand = <Input extends FieldValues, Context, Output>(
  load: () => Promise<Resolver<Input, Context, Output>>,
): Resolver<Input, Context, Output> => {
  const resolver = onDemand(load);
  return async (...given) => (await resolver.load())(...given);
};
