import { expect, type Locator } from '@playwright/test';

const LOOK_MS = 1_000;

/** The tooltip of an element. Points at it anew while there is none: a page that is still coming hears no pointer. */
export const tooltipOf = async (element: Locator): Promise<Locator> => {
  const tooltip = element.page().getByRole('tooltip');
  await expect(async () => {
    await element.page().mouse.move(0, 0);
    await element.hover();
    await expect(tooltip).toBeVisible({ timeout: LOOK_MS });
  }).toPass({ timeout: 15_000 });
  return tooltip;
};
