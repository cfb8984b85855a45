import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectGoodPage } from '../fixtures/axe';
import { enrollTotp, skipRecoveryCodes } from '../pages/enroll';
import { expectHeading, expectNews, press, visit } from '../pages/door';
import { expectSignedIn, givePassword, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

/** The shipped policies, but cloud asks everybody from a day on, whoever signed in before. */
function fromDayOn(day: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'rekey-policies-'));
  const shipped = join(import.meta.dirname, '../../server/policies');
  for (const name of readdirSync(shipped)) {
    const text = readFileSync(join(shipped, name), 'utf8');
    writeFileSync(join(dir, name), text.replace('first_sign_ins = 1', `first_sign_ins = 0\nbefore = "${day}"`));
  }
  return dir;
}

test.describe('app-for-everyone', () => {
  test('E03 E05 E06 E07 E09 E11 E16: the first sign-in needs no second factor; the next one asks for an app and goes on with it', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const lea = await portal.person('lea.neu@example.com');
    await page.goto('/cloud/sign-in');
    await givePassword(page, t, lea.login, lea.password ?? '', 'cloud');
    await expectSignedIn(page, t);
    await expect(page.getByText(t.dueNext)).toBeVisible();
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);

    await page.goto('/cloud/sign-in');
    await givePassword(page, t, lea.login, lea.password ?? '', 'cloud');
    await expectHeading(page, t.adviceTitle);
    for (const app of t.adviceApps) await expect(page.getByText(app)).toBeVisible();
    await expect(page.getByText(/App Store.*(Google )?Play/)).toBeVisible();
    await expect(page.getByText(t.secondDevice)).toBeVisible();
    await expect(page.getByText(t.samePhone)).toBeVisible();
    await expectGoodPage(page, lang);
    // No way past it.
    await page.goto('/cloud/overview');
    await expect(page).toHaveURL(/\/cloud\/sign-in$/);
    await expectHeading(page, t.adviceTitle);
    await press(page, t.continue);
    const key = await enrollTotp(page, world);
    await skipRecoveryCodes(page, t);
    await expect(page.getByText(t.dueNext)).toHaveCount(0);

    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await portal.advance(60);
    await signInTotp(page, world, { ...lea, totp_secret: key });
  });

  test('E03: Cancel at the advice is no way in', async ({ page, portal, t }) => {
    const lea = await portal.person('lea.neu@example.com');
    for (const heading of [t.overviewTitle, t.adviceTitle]) {
      await page.goto('/cloud/sign-in');
      await givePassword(page, t, lea.login, lea.password ?? '', 'cloud');
      await expectHeading(page, heading);
      await press(page, heading === t.overviewTitle ? t.signOut : t.cancel);
      await expectHeading(page, t.signIn);
    }
    await page.goto('/cloud/overview');
    await expect(page).toHaveURL(/\/cloud\/sign-in$/);
    await expect(page.getByLabel(t.password, { exact: true })).toBeVisible();
  });

  test('E08 E13 E24: the instructions are a page of our own, reached from the sign-in and the code', { tag: '@german' }, async ({ page, portal, t, lang }) => {
    const sam = await portal.person('sam.okafor');
    await visit(page, '/cloud/sign-in');
    await page.getByRole('link', { name: t.instructions, exact: true }).click();
    await expectHeading(page, t.instructions);
    await expect(page.getByRole('heading', { name: t.scanTitle, exact: true })).toBeVisible();
    await expect(page.getByText(t.scanText)).toBeVisible();
    for (const app of t.adviceApps) await expect(page.getByText(app)).toBeVisible();
    await expect(page.getByText(t.edition)).toBeVisible();
    await expectGoodPage(page, lang);
    await page.goto('/cloud/sign-in');
    await givePassword(page, t, sam.login, sam.password ?? '', 'cloud');
    await expectHeading(page, t.codeTitle);
    await expect(page.getByRole('link', { name: t.instructions, exact: true })).toHaveAttribute('href', '/cloud/instructions');
    // Realms that offer other ways have none.
    await page.goto('/customers/sign-in');
    await expect(page.getByRole('link', { name: t.instructions, exact: true })).toHaveCount(0);
  });
});

test.describe('app-for-everyone, from a day on', () => {
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  test.use({ serverArgs: ['--policy', fromDayOn(day)] });

  test('E04: existing accounts get in until the day, which the page names, and are asked from then on', async ({ page, portal, t }) => {
    const lea = await portal.person('lea.neu@example.com');
    for (let time = 0; time < 2; time += 1) {
      await page.goto('/cloud/sign-in');
      await givePassword(page, t, lea.login, lea.password ?? '', 'cloud');
      await expectSignedIn(page, t);
      await press(page, t.signOut);
      await expectNews(page, t.signedOut);
    }
    await portal.advance(4 * 86_400);
    await page.goto('/cloud/sign-in');
    await givePassword(page, t, lea.login, lea.password ?? '', 'cloud');
    await expectHeading(page, t.adviceTitle);
  });
});
