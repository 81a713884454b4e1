import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Rules whose outcome depends on colours, and so on the theme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What is fetched anew is dimmed until it is there, and fades in and out: neither are the page's colours. */
const untilStill = async (page: Page): Promise<void> => {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((it) => it.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((it) => it.finished));
  });
};

/** What axe finds on the page as it stands: rule and element of each, empty when nothing. */
export const axeFindings = async (
  page: Page,
  { onlyColours = false }: { readonly onlyColours?: boolean } = {},
): Promise<readonly string[]> => {
  await untilStill(page);
  // In the page itself: to put results together in a blank one is for frames of other origins, and the console has none.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (onlyColours ? builder.withRules(COLOUR_RULES) : builder).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
};
