import { expect, type Page } from '@playwright/test';
import { expectHeading, press, type World } from './door';
import { givePassword } from './sign-in';
import type { Labels } from '../fixtures/labels';
import type { Person } from '../fixtures/portal';

/** Who signs in for the first time is asked for the address. */
export async function toCapture(page: Page, { t }: World, person: Person): Promise<void> {
  await page.goto(`/${person.realm}/sign-in`);
  await givePassword(page, t, person.login, person.password ?? '', person.realm);
  await expectHeading(page, t.captureTitle);
  // What they signed in with is no address.
  await expect(page.getByLabel(t.address, { exact: true })).toHaveValue('');
}

/** Types the address twice. */
export async function nameAddress(page: Page, t: Labels, email: string, again = email, button = t.update): Promise<void> {
  await page.getByLabel(t.address, { exact: true }).fill(email);
  await page.getByLabel(t.addressAgain, { exact: true }).fill(again);
  await press(page, button);
}
