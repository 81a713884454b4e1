/** Ends the session; its code comes when it is asked for. */
export const signOut = async (): Promise<void> => {
  const auth = await import('next-auth/react');
  await auth.signOut({ callbackUrl: '/signin' });
};
