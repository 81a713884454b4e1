import { withLargeConsole } from '../console/installation';
import { signIn, startBrowser } from '../console/pages';
import { growthPerMinute, soak } from '../console/soak';
import type { BenchCase } from '../types';

/** Six megabytes in an hour are below what one list of this installation takes. */
const GROWTH_KB_MAX = 100;

/** Looks for leaks: of the web process, and of a page that is never loaded anew. `--minutes` says for how long. */
export const soakConsole: BenchCase = {
  name: 'soak',
  description: 'walks through the console and opens and closes streams, and looks at what stays in memory',
  run: ({ minutes, say }) =>
    withLargeConsole(say, async (large) => {
      const browser = await startBrowser();
      try {
        const session = await signIn(browser, large.web.url);
        const samples = await soak(browser, session, large, { minutes, say });
        const target = { kind: 'maximum', atMost: GROWTH_KB_MAX } as const;
        return [
          {
            name: 'growth of the web process’s heap in a minute, after collection',
            unit: 'kB',
            values: [growthPerMinute(samples, 'webKb')],
            target,
          },
          {
            name: 'growth of a page’s heap in a minute, after collection',
            unit: 'kB',
            values: [growthPerMinute(samples, 'pageKb')],
            target,
          },
        ];
      } finally {
        await browser.close();
      }
    }),
};
