'use client';

const BUTTON = { font: 'inherit', padding: '0.375rem 0.75rem', border: '1px solid', borderRadius: '0.375rem' } as const;

/** The root layout itself failed: nothing of the design system can be relied on. */
export default function GlobalError() {
  return (
    <html lang="en" style={{ colorScheme: 'light dark' }}>
      <body style={{ fontFamily: 'system-ui, sans-serif', padding: '20vh 1.5rem', textAlign: 'center' }}>
        <h1 style={{ fontSize: '1rem' }}>Headroom could not be shown</h1>
        <p>Clusters are not touched by this. The server’s log says more.</p>
        <button type="button" style={BUTTON} onClick={() => window.location.reload()}>
          Try again
        </button>
      </body>
    </html>
  );
}
