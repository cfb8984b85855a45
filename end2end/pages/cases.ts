import { expect, type Page } from '@playwright/test';
import { Authenticator } from '../fixtures/authenticator';
import type { Labels } from '../fixtures/labels';
import type { Person } from '../fixtures/portal';
import { expectHeading, expectNews, press, type World } from './door';
import { givePassword, signInPasskey } from './sign-in';

/** The seconds after which an approval without any further proof opens the way in. */
export const COOL_DOWN = 24 * 3600;

/** Address and password are given, a moment ago or now. */
export async function toCode(page: Page, t: Labels, who: Person): Promise<void> {
  await page.goto(`/${who.realm}/sign-in`);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeVisible();
  if ((await heading.textContent()) === t.signIn) await givePassword(page, t, who.login, who.password ?? '', who.realm);
  await expect(heading).not.toHaveText(t.signIn);
}

/** Sam gave address and password and opens the form for a lost phone. */
export async function toLostPhone(page: Page, { t }: World, sam: Person): Promise<void> {
  await toCode(page, t, sam);
  await page.getByRole('link', { name: t.lostPhone, exact: true }).click();
  await expectHeading(page, t.lostPhone);
}

/** What the record does not say; the browser's own work is waited for. */
export async function fillLostPhone(page: Page, t: Labels, phone = '171 5550 199'): Promise<void> {
  await page.getByLabel(t.number, { exact: true }).fill(phone);
  await page.getByRole('checkbox', { name: t.consent }).check();
  await expect(page.getByText(t.workDone)).toBeVisible({ timeout: 30_000 });
}

/** A case of a lost phone; its number. */
export async function reportLostPhone(page: Page, world: World, sam: Person): Promise<string> {
  const { mailbox, t } = world;
  await toLostPhone(page, world, sam);
  const before = await mailbox.mark();
  await fillLostPhone(page, t);
  await press(page, t.sendRequest);
  await expectHeading(page, t.caseState);
  return caseNumber(await mailbox.newest(sam.login, before, (mail) => /LP-\d+/.test(mail.subject)));
}

/** "LP-20001" in the subject of a mail. */
export function caseNumber(mail: { subject: string }): string {
  return /[A-Z]{2}-\d+/.exec(mail.subject)?.[0] ?? '';
}

/** Somebody of the desk is signed in and sees the queue. */
export async function serve(page: Page, world: World, login: string): Promise<void> {
  const agent = await world.portal.person(login);
  const key = await Authenticator.plugIn(page);
  await key.hold(agent);
  await signInPasskey(page, world, key, agent);
  await openQueue(page, world.t);
}

/** The queue; its stream stays open, so nothing waits for a quiet network. */
export async function openQueue(page: Page, t: Labels): Promise<void> {
  await page.goto('/desk');
  await expectHeading(page, t.queue);
}

/** Opens a case from the queue. */
export async function openCase(page: Page, number: string): Promise<void> {
  await page.getByRole('link', { name: number, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
}

/** Takes the case at hand. */
export async function claim(page: Page, t: Labels): Promise<void> {
  await press(page, t.claim);
  await expectNews(page, t.claimed);
}

/** Approves the case at hand; where something differs it is asked for once more. */
export async function approve(page: Page, t: Labels): Promise<void> {
  const asked = page.locator('summary').filter({ hasText: t.approve });
  if (await asked.count()) await asked.click();
  await press(page, t.approve);
  await expectNews(page, t.approved);
}
