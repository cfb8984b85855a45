import { expect, type Page } from '@playwright/test';
import type { Authenticator } from '../fixtures/authenticator';
import type { Labels } from '../fixtures/labels';
import type { Person } from '../fixtures/portal';
import { expectHeading, press, visit, type World } from './door';

/** The label of what people of a realm sign in with. */
export function loginLabel(t: Labels, realm: string): string {
  const labels: Record<string, string> = { workforce: t.qNumber, dealers: t.loginId, agents: t.userName };
  return labels[realm] ?? t.login;
}

/** Types address or name, and password, and sends them. */
export async function givePassword(page: Page, t: Labels, login: string, password: string, realm = 'customers'): Promise<void> {
  await page.getByLabel(loginLabel(t, realm), { exact: true }).fill(login);
  await page.getByLabel(t.password, { exact: true }).fill(password);
  await press(page, t.signIn);
}

/** Types a code into the field that asks for one. */
export async function giveCode(page: Page, t: Labels, code: string): Promise<void> {
  await page.getByLabel(t.securityCode, { exact: true }).fill(code);
  await press(page, t.confirm);
}

/** One's own page is there. */
export async function expectSignedIn(page: Page, t: Labels): Promise<void> {
  await expectHeading(page, t.overviewTitle);
  await expect(page.getByRole('button', { name: t.signOut, exact: true })).toBeVisible();
}

/** Address and password are given: on to the code of the app, past a passkey if there is one. */
export async function toTotp(page: Page, t: Labels, person: Person): Promise<void> {
  if (person.passkeys?.length) {
    await expectHeading(page, t.passkeyTitle);
    await press(page, t.anotherWay);
    await expectHeading(page, t.anotherTitle);
    await press(page, t.wayTotp);
  }
  await expectHeading(page, t.codeTitle);
}

/** Address, password, code of the authenticator app. */
export async function signInTotp(page: Page, { portal, t }: World, person: Person): Promise<void> {
  await page.goto(`/${person.realm}/sign-in`);
  await givePassword(page, t, person.login, person.password ?? '', person.realm);
  await toTotp(page, t, person);
  await giveCode(page, t, await portal.totp(person.totp_secret ?? ''));
  await expectSignedIn(page, t);
}

/** Address, password, code from the mail. */
export async function signInEmail(page: Page, { mailbox, t }: World, person: Person, address = person.login): Promise<void> {
  await page.goto(`/${person.realm}/sign-in`);
  const before = await mailbox.mark();
  await givePassword(page, t, person.login, person.password ?? '', person.realm);
  await expectHeading(page, t.otpTitle);
  await giveCode(page, t, await mailbox.code(address, before));
  await expectSignedIn(page, t);
}

/** A passkey, and what the realm asks for after it. */
export async function signInPasskey(page: Page, { t }: World, key: Authenticator, person: Person): Promise<void> {
  // What waits in the address field has begun before anybody touches the key.
  await visit(page, `/${person.realm}/sign-in`);
  await key.approve(async () => {
    await press(page, t.withPasskey);
    await expectHeading(page, person.pin ? t.pinTitle : t.overviewTitle);
  });
  if (person.pin) {
    await page.getByLabel(t.pin, { exact: true }).fill(person.pin);
    await press(page, t.signIn);
  }
  await expectSignedIn(page, t);
}
