import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Rules whose outcome depends on colours, and so on the theme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it stands: rule and element of each, empty when nothing. */
export const axeFindings = async (
  page: Page,
  { onlyColours = false }: { readonly onlyColours?: boolean } = {},
): Promise<readonly string[]> => {
  const builder = new AxeBuilder({ page });
  const { violations } = await (onlyColours ? builder.withRules(COLOUR_RULES) : builder).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
};
