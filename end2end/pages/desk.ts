import { expect, type Page } from '@playwright/test';
import { press, type World } from './door';
import { accept, expectAnswered, number, PETRA } from './phone';

/** The page of somebody, found by what they sign in with. */
export async function openPerson(page: Page, login: string): Promise<void> {
  await page.goto(`/desk/people?q=${login}`);
  await page.getByRole('main').getByRole('link').filter({ hasText: /Vogel|Berger|Okonkwo/ }).first().click();
  await expect(page.getByRole('button').first()).toBeVisible();
}

/** The agent at `page` checks Petra, who accepts on her phone. */
export async function verify(page: Page, phone: Page, world: World): Promise<void> {
  const { t } = world;
  await openPerson(page, PETRA);
  await press(page, t.checkSend);
  const digits = await number(page).innerText();
  await phone.getByLabel(t.checkNumber, { exact: true }).fill(digits);
  await press(phone, t.accept);
  await expectAnswered(phone, t.accepted);
  await expect(page.getByText(t.checkAccepted)).toBeVisible();
}

/** The agent issues an emergency password to Petra; what is read out. */
export async function issue(page: Page, { t }: World): Promise<string> {
  await press(page, t.issueEmergency);
  await expect(page.getByText(t.emergencyLive)).toBeVisible();
  return number(page).innerText();
}

/** A browser comes to the wait for Petra's phone, from "Forgot your PIN?" on. */
export async function forgetPin(page: Page, { t }: World, login: string): Promise<void> {
  await page.goto('/workforce/sign-in');
  await page.getByRole('link', { name: t.forgotPin, exact: true }).click();
  await page.getByLabel(t.qNumber, { exact: true }).fill(login);
  await press(page, t.reset);
  await page.getByRole('radio', { name: t.chain }).check();
  await press(page, t.signIn);
  await expect(number(page)).toBeVisible();
}

/** Petra's phone says yes to what a browser waits for. */
export async function approve(page: Page, phone: Page, world: World): Promise<void> {
  await accept(phone, world, await number(page).innerText());
  await expectAnswered(phone, world.t.accepted);
}
