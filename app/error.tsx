'use client';

/**
 * What stands around every page failed, such as asking who is signed in. Without the design system's parts: this comes with
 * every page.
 */
export default function RootError({ retry }: { readonly retry: () => void }) {
  return (
    <main className="flex flex-col items-center gap-2 px-6 pt-32 text-center">
      <h1 className="font-medium text-fg text-sm">This page could not be shown</h1>
      <p className="text-fg-3">Something went wrong. Clusters are not touched by it; the server’s log says more.</p>
      <button
        type="button"
        onClick={retry}
        className="mt-2 h-8 rounded-md border bg-surface px-3 font-medium hover:bg-subtle"
      >
        Try again
      </button>
    </main>
  );
}
