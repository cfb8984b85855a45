import { expect, type Page } from '@playwright/test';
import type { Labels } from '../fixtures/labels';
import type { Person } from '../fixtures/portal';
import { expectHeading, press, type World } from './door';
import { givePassword } from './sign-in';

/** Somebody with a password and no second factor is asked to choose one. */
export async function toChoice(page: Page, { t }: World, person: Person): Promise<void> {
  await page.goto(`/${person.realm}/sign-in`);
  await givePassword(page, t, person.login, person.password ?? '', person.realm);
  await expectHeading(page, t.chooseTitle);
}

/** Takes a method from the choice. */
export async function choose(page: Page, t: Labels, method: string): Promise<void> {
  await page.getByRole('radio', { name: method }).check();
  await press(page, t.continue);
}

/** The key of the page that sets up an authenticator app. */
export async function totpKey(page: Page, t: Labels): Promise<string> {
  const uri = await page.getByRole('link', { name: t.totpOpen }).getAttribute('href');
  return new URL(uri ?? '').searchParams.get('secret') ?? '';
}

/** Sets up an authenticator app and gives its key. */
export async function enrollTotp(page: Page, { portal, t }: World, name = ''): Promise<string> {
  await expectHeading(page, t.totpTitle);
  const key = await totpKey(page, t);
  await proveTotp(page, t, await portal.totp(key), name);
  return key;
}

/** The code that shows that the app has the key. */
export async function proveTotp(page: Page, t: Labels, code: string, name = ''): Promise<void> {
  await page.getByLabel(t.deviceName, { exact: true }).fill(name);
  await page.getByLabel(t.securityCode, { exact: true }).fill(code);
  await press(page, t.continue);
}

/** The factor's card on the overview. */
export function card(page: Page, kind: string): ReturnType<Page['locator']> {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name: kind, exact: true }) });
}

/** Recovery codes are not wanted now. */
export async function skipRecoveryCodes(page: Page, t: Labels): Promise<void> {
  await expectHeading(page, t.codesOffer);
  await page.getByRole('link', { name: t.later, exact: true }).click();
  await expectHeading(page, t.overviewTitle);
  await expect(page.getByRole('button', { name: t.signOut, exact: true })).toBeVisible();
}
