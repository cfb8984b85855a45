import { expect, type Page } from '@playwright/test';
import type { Person } from '../fixtures/portal';
import { expectHeading, press, type World } from './door';
import { expectSignedIn, givePassword } from './sign-in';

/** An agent with codes by SMS or call signs in; `number` where another one than on record. */
export async function signInLine(page: Page, world: World, login: string, number?: string): Promise<Person> {
  const { portal, t } = world;
  const person = await portal.person(login);
  await page.goto('/agents/sign-in');
  await toLineCode(page, world, person, number ?? person.number!);
  await expectSignedIn(page, t);
  return person;
}

/** Name, password, and the code that went to the number. */
export async function toLineCode(page: Page, { mailbox, t }: World, person: Person, number: string): Promise<void> {
  const before = await mailbox.mark();
  await givePassword(page, t, person.login, person.password ?? '', 'agents');
  await expectHeading(page, t.codeTitle);
  await page.getByLabel(t.oneTimePassword, { exact: true }).fill(await mailbox.code(number, before));
  await press(page, t.signIn);
}

/** Katrin has a password and nothing else: the choice is in front of her. */
export async function toFirstChoice(page: Page, { portal, t }: World): Promise<void> {
  const katrin = await portal.person('kwolf');
  await page.goto('/agents/sign-in');
  await givePassword(page, t, katrin.login, katrin.password ?? '', 'agents');
  await expectHeading(page, t.chooseTitle);
}

/** What a request says, beside the number. */
export interface Wish {
  number: string;
  reason: string;
  ticket?: string;
}

/** Fills the form in and sends it by the button of that name. */
export async function ask(page: Page, { t }: World, wish: Wish, button: string = t.sendToManager): Promise<void> {
  const other = page.getByRole('radio', { name: t.anotherNumber });
  if (await other.count()) await other.check();
  await page.getByLabel(t.phoneNumber, { exact: true }).fill(wish.number);
  await page.getByLabel(t.whyCodes, { exact: true }).fill(wish.reason);
  await page.getByLabel(t.ticket, { exact: true }).fill(wish.ticket ?? '');
  await press(page, button);
}

/** Renate opens the mail's link, signs in, and sees the request. */
export async function openRequest(page: Page, world: World, before: number): Promise<void> {
  const { portal, mailbox } = world;
  const renate = await portal.person('rvogt');
  const asked = await mailbox.newest('renate.vogt@agents.example', before, (mail) => /AP-\d+/.test(mail.subject));
  await page.goto(asked.link!);
  await expect(page).toHaveURL(/\/agents\/sign-in/);
  await toLineCode(page, world, renate, renate.number!);
  await expect(page).toHaveURL(/\/agents\/approvals\//);
}
