import { expect, type Locator, type Page } from '@playwright/test';
import type { Labels } from '../fixtures/labels';
import type { Mailbox } from '../fixtures/mailbox';
import type { Portal } from '../fixtures/portal';

/** What most steps need to know. */
export interface World {
  portal: Portal;
  mailbox: Mailbox;
  t: Labels;
}

/** The page with this heading is there. */
export async function expectHeading(page: Page, name: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** What was refused, in the summary on top. */
export async function expectProblem(page: Page, says: string | RegExp): Promise<void> {
  await expect(page.locator('#problem')).toContainText(says);
}

/**
 * What was refused at a field: said there, and the field is marked. A hint may say
 * the same words before anything was refused, so the error's own line is read.
 */
export async function expectRefused(field: Locator, says: string | RegExp): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  const id = await field.getAttribute('id');
  await expect(field.page().locator(`[id="${id}-e"]`)).toContainText(says);
  await expect(field).toHaveAccessibleDescription(says);
}

/** What went well, above the task; `{who}` in a label stands for a login. */
export async function expectNews(page: Page, says: string | RegExp): Promise<void> {
  const whole = typeof says === 'string' && says.includes('{who}') ? new RegExp(says.replace('{who}', '\\S+')) : says;
  await expect(page.getByRole('status').filter({ hasText: whole })).toBeVisible();
}

/** Presses a button by its whole name. */
export function press(page: Page | Locator, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click();
}

/** A new code, please: afterwards the page with the new countdown is there. */
export async function regenerate(page: Page, t: Labels): Promise<void> {
  const button = page.getByRole('button', { name: t.resend, exact: true });
  await button.click();
  await expect(button).toHaveAttribute('aria-disabled', 'true');
}

/** The page of an address, with what the script does. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

/**
 * The script has taken over. Everything works before that as well; tests wait
 * where they look at what only the script does.
 */
export async function hydrated(page: Page): Promise<void> {
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}

/** Nothing is being fetched any more: what a server that goes away would interrupt. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}
