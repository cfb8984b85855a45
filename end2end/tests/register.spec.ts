import { expectGoodPage } from '../fixtures/axe';
import type { Labels } from '../fixtures/labels';
import { expectHeading, expectNews, expectProblem, expectRefused, press, visit } from '../pages/door';
import { setPassword } from '../pages/reset';
import { expectSignedIn, givePassword } from '../pages/sign-in';
import { expect, test, type Page } from '../fixtures/test';

const NEW = 'nia.owner@example.com';
const GOOD = 'copper-lantern-58-meadow';

async function toForm(page: Page, t: Labels): Promise<void> {
  await visit(page, '/cloud/sign-in');
  await page.getByRole('link', { name: t.register, exact: true }).click();
  await expectHeading(page, t.register);
  await expect(page.getByText(t.workDone)).toBeVisible({ timeout: 30_000 });
}

async function fill(page: Page, t: Labels, email: string): Promise<void> {
  await page.getByLabel(t.login, { exact: true }).fill(email);
  await page.getByLabel(t.registerName, { exact: true }).fill('Nia Owner');
  await page.getByRole('checkbox', { name: t.terms }).check();
}

test.describe('register', () => {
  test('E02: address, name and terms; the link in the mail leads to a password, and that signs in', { tag: '@german' }, async ({ page, mailbox, t, lang }) => {
    await toForm(page, t);
    await expectGoodPage(page, lang);
    await fill(page, t, NEW);
    const before = await mailbox.mark();
    await press(page, t.continue);
    await expectHeading(page, t.sentTitle);
    await visit(page, await mailbox.link(NEW, 'invitation', before));
    await page.getByRole('button', { name: t.setUpAccount, exact: true }).click();
    await expectHeading(page, t.firstTitle);
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
    await givePassword(page, t, NEW, GOOD, 'cloud');
    await expectSignedIn(page, t);
    await expect(page.getByText(t.dueNext)).toBeVisible();
  });

  test('E02: the short code does the same; an address that has an account gets its owner a reset, and the page tells nobody', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t }) => {
    await toForm(page, t);
    await fill(page, t, NEW);
    const before = await mailbox.mark();
    await press(page, t.continue);
    await expectHeading(page, t.sentTitle);
    const code = await mailbox.code(NEW, before);
    await page.getByLabel(t.mailCode, { exact: true }).fill(code);
    await press(page, t.continue);
    await expectHeading(page, t.firstTitle);

    const sam = await portal.person('sam.okafor');
    const other = await visitor();
    await toForm(other, t);
    await fill(other, t, sam.login);
    await press(other, t.continue);
    await expectHeading(other, t.sentTitle);
    await mailbox.link(sam.login, 'reset', before);
  });

  test('E02: faults are told at their fields, and what was typed stays', { tag: '@german' }, async ({ page, t }) => {
    await toForm(page, t);
    await page.getByLabel(t.login, { exact: true }).fill('nobody');
    await press(page, t.continue);
    await expectRefused(page.getByLabel(t.login, { exact: true }), t.notAnAddress);
    await expectRefused(page.getByRole('checkbox', { name: t.terms }), t.termsNeeded);
    await expect(page.getByLabel(t.login, { exact: true })).toHaveValue('nobody');
    await fill(page, t, NEW);
    await expect(page.getByText(t.workDone)).toBeVisible({ timeout: 30_000 });
    await page.locator('input[name=work]').evaluate((input: HTMLInputElement) => (input.value = '7'));
    await press(page, t.continue);
    await expectProblem(page, t.workNeeded);
    await expect(page.getByLabel(t.registerName, { exact: true })).toHaveValue('Nia Owner');
  });

  test('realms whose people are invited have no such page', async ({ page, guard, t }) => {
    guard.expect(/404/);
    await page.goto('/customers/register');
    await expect(page.getByRole('link', { name: t.register, exact: true })).toHaveCount(0);
    await page.goto('/customers/sign-in');
    await expect(page.getByRole('link', { name: t.register, exact: true })).toHaveCount(0);
  });
});
