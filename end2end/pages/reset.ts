import type { Page } from '@playwright/test';
import type { Labels } from '../fixtures/labels';
import { expectHeading, press, type World } from './door';

/** A password that nobody guesses. */
export const GOOD = 'copper-lantern-58-meadow';

/** Asks for a mail and waits for the notice. */
export async function askForReset(page: Page, t: Labels, login: string, realm = 'customers'): Promise<void> {
  await page.goto(`/${realm}/forgot`);
  await page.getByLabel(t.login, { exact: true }).fill(login);
  await press(page, t.continue);
  await expectHeading(page, t.sentTitle);
}

/** Types a new password twice and saves it. */
export async function setPassword(page: Page, t: Labels, password: string, repeat = password): Promise<void> {
  await page.getByLabel(t.newPassword, { exact: true }).fill(password);
  await page.getByLabel(t.repeat, { exact: true }).fill(repeat);
  await press(page, t.savePassword);
}

/** A mail was asked for; this is its link. */
export async function resetLink(page: Page, { portal, mailbox, t }: World, login: string): Promise<string> {
  const before = await portal.now();
  await askForReset(page, t, login);
  return mailbox.link(login, 'reset', before);
}
