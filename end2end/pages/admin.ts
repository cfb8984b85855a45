import { expect, type Locator, type Page } from '@playwright/test';
import { Authenticator } from '../fixtures/authenticator';
import { expectHeading, expectNews, press, type World } from './door';
import { signInPasskey } from './sign-in';

/** Ada, the administrator of all realms, is signed in at this page. */
export function signInAda(page: Page, world: World): Promise<Authenticator> {
  return signInStaff(page, world, 'Q100001');
}

/** Somebody of the staff is signed in at this page. */
export async function signInStaff(page: Page, world: World, login: string): Promise<Authenticator> {
  const person = await world.portal.person(login);
  const key = await Authenticator.plugIn(page);
  await key.hold(person);
  await signInPasskey(page, world, key, person);
  return key;
}

export async function openInvitations(page: Page, { t }: World, realm = 'customers'): Promise<void> {
  await page.goto(`/admin/${realm}/invitations`);
  await expectHeading(page, t.invitations);
}

/** Invites one person by the form. */
export async function invite(page: Page, { t }: World, email: string, name: string, lang: string): Promise<void> {
  await page.getByLabel(t.login, { exact: true }).fill(email);
  await page.getByLabel(t.inviteName, { exact: true }).fill(name);
  await page.getByLabel(t.inviteLang, { exact: true }).selectOption(lang);
  await press(page, t.inviteSubmit);
}

/** The row of an address in the list. */
export function invitation(page: Page, email: string): Locator {
  return page.getByRole('row').filter({ hasText: email });
}

/** The rows of an address say this, newest first. */
export async function expectStates(page: Page, email: string, ...states: string[]): Promise<void> {
  const rows = invitation(page, email);
  await expect(rows).toHaveCount(states.length);
  for (const [at, state] of states.entries()) await expect(rows.nth(at).locator('.state')).toHaveText(state);
}

/** Invites somebody and gives the link that they got. */
export async function inviteByMail(page: Page, world: World, email: string, name: string, lang: string): Promise<string> {
  const before = await world.mailbox.mark();
  await openInvitations(page, world);
  await invite(page, world, email, name, lang);
  await expectNews(page, world.t.invited);
  return world.mailbox.link(email, 'invitation', before);
}

/** The page of an import says that so many are invited; it may take a while. */
export async function expectInvited(page: Page, { t }: World, n: number, timeout = 30_000): Promise<void> {
  await expectHeading(page, t.transferImport);
  await expect(page.getByRole('main').getByText(t.invitedMany(n))).toBeVisible({ timeout });
}

/** The file behind a link that downloads, once it is there. */
export async function fetched(page: Page, link: string): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: new RegExp(`^${link}`) }).click();
  const file = await download;
  let text = '';
  for await (const chunk of await file.createReadStream()) text += String(chunk);
  return { name: file.suggestedFilename(), text };
}

/** The page of a person, found by searching. */
export async function openPerson(page: Page, { t }: World, realm: string, search: string, name: string): Promise<void> {
  await page.goto(`/admin/${realm}/people`);
  await page.getByLabel(t.searchLabel, { exact: true }).fill(search);
  await press(page, t.search);
  await page.getByRole('link', { name, exact: true }).click();
  await expectHeading(page, name);
}
