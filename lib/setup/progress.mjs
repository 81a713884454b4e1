const QUIET_MS = 1_000;
const HEARTBEAT_MS = 5_000;

/**
 * Runs one step of the set-up and tells how it goes, a line at a time so that it reads the same in a terminal and in a
 * log: nothing for a step that is done at once but its result, else that it began, how far it is every few seconds, and
 * how it ended. The work may report what it is at and, between 0 and 1, how far.
 *
 * @template T
 * @param {string} title
 * @param {(report: (message: string, fraction?: number) => void) => Promise<T>} work
 * @param {(line: string) => void} [print]
 * @returns {Promise<T>}
 */
export async function withProgress(title, work, print = (line) => void process.stdout.write(`${line}\n`)) {
  const startedAt = performance.now();
  let current = '';
  let said = '';
  const tell = () => {
    const line = `  … ${title}${current === '' ? '' : `: ${current}`} (${elapsed(startedAt)})`;
    print(line);
    said = current;
  };
  const first = setTimeout(tell, QUIET_MS);
  const beat = setInterval(tell, HEARTBEAT_MS);
  const report = (message, fraction) => {
    current = fraction === undefined ? message : `${message} ${Math.round(fraction * 100)} %`;
  };
  try {
    const result = await work(report);
    print(`  ✓ ${title}${said === '' && performance.now() - startedAt < QUIET_MS ? '' : ` (${elapsed(startedAt)})`}`);
    return result;
  } catch (error) {
    print(`  ✗ ${title} (${elapsed(startedAt)})`);
    throw error;
  } finally {
    clearTimeout(first);
    clearInterval(beat);
  }
}

function elapsed(startedAt) {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
