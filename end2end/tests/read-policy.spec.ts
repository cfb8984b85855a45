import { signInAda, signInStaff } from '../pages/admin';
import { expectHeading, visit } from '../pages/door';
import { expectGoodPage } from '../fixtures/axe';
import { expect, test, type Page } from '../fixtures/test';

/** The row of a setting in its section. */
const setting = (page: Page, section: string, name: string) =>
  page.getByRole('table', { name: section, exact: true }).getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });

test.describe('policy', () => {
  test('every value with where it comes from, and the risks first', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    await signInAda(page, { portal, mailbox, t });
    await visit(page, '/admin');
    await page.locator('main a[href="/admin/dealers/policy"]').click();
    await expectHeading(page, t.policy);
    await expect(page.locator('nav a[href="/admin/dealers/policy"]')).toHaveAttribute('aria-current', 'page');

    // The first section after the heading are the risks.
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(t.policyRisks);
    const risk = page.locator('.note').filter({ hasText: t.policyMailbox });
    await expect(risk).toContainText(lang === 'de' ? 'Der Handel hat nichts als' : 'Dealers hold nothing but');
    await expect(risk).toContainText(t.policyLine);

    const least = setting(page, t.policyPasswords, t.policyLeast);
    await expect(least).toContainText(t.policyEight);
    await expect(least).toContainText(t.policyLine);
    await expect(setting(page, t.policyPasswords, t.policyMost)).toContainText(t.policyPreset);
    await expectGoodPage(page, lang);
  });

  test('a policy administrator reads policies, and nothing else of administration', async ({ page, portal, mailbox, t, guard }) => {
    guard.expect(/403/);
    await signInStaff(page, { portal, mailbox, t }, 'Q300002');
    await visit(page, '/admin/cloud/policy');
    await expectHeading(page, t.policy);
    await expect(page.locator('nav a[href*="/people"], nav a[href*="/audit"]')).toHaveCount(0);
    expect((await page.goto('/admin/cloud/audit'))?.status()).toBe(403);
  });

  test('a realm without risks says so, and without script it is the same page', async ({ page, portal, mailbox, t, lang, visitor }) => {
    await signInAda(page, { portal, mailbox, t });
    const bare = await visitor({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    await bare.goto('/admin/workforce/policy');
    await expectHeading(bare, t.policy);
    await expect(bare.getByText(t.policyNoRisks, { exact: true })).toBeVisible();
    await expect(setting(bare, 'PIN', t.policyMost)).toContainText(t.policyPreset);
    await visit(page, '/admin/workforce/policy');
    await expect(page.getByText(t.policyNoRisks, { exact: true })).toBeVisible();
    await expectGoodPage(page, lang);
  });
});
