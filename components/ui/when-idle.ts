/** Browsers that do not say when they are idle. */
const FALLBACK_MS = 500;

/** Calls back when the page has nothing better to do. Returns what takes it back. */
export const whenIdle = (run: () => void): (() => void) => {
  if (typeof window.requestIdleCallback !== 'function') {
    const timer = setTimeout(run, FALLBACK_MS);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(run);
  return () => window.cancelIdleCallback(handle);
};
