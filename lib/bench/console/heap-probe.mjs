// Preloaded into the web process: asked by a message, it collects garbage and answers how many bytes its heap still has.
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage().heapUsed);
});
