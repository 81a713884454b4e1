'use client';

/** The root layout itself failed: nothing of the design system can be relied on. */
export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', padding: '20vh 1.5rem', textAlign: 'center' }}>
        <h1 style={{ fontSize: '1rem' }}>Headroom could not be shown</h1>
        <p>Clusters are not touched by this. The server’s log says more.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
