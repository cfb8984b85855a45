import { expectGoodPage } from '../fixtures/axe';
import { signInLine } from '../pages/approval';
import { toCode } from '../pages/cases';
import { expectHeading, visit } from '../pages/door';
import { givePassword } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('door', () => {
  test('C16: the realm’s own links stand in the footer of every step', async ({ page, portal, t }) => {
    const links = ['https://www.dealers.example/privacy', 'https://www.dealers.example/legal'];
    await page.goto('/dealers/sign-in');
    for (const href of links) await expect(page.locator(`footer a[href="${href}"]`)).toBeVisible();
    await toCode(page, t, await portal.person('lenz01'));
    for (const href of links) await expect(page.locator(`footer a[href="${href}"]`)).toBeVisible();
    await expect(page.getByRole('link', { name: '+49 89 5550 120' })).toBeVisible();
  });

  test('D20 D21: whose pages these are, the small print and the service desk stand at the end of each', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const expectFooter = async (): Promise<void> => {
      const footer = page.locator('footer');
      await expect(footer.getByText('© 2026 Agents plc', { exact: true })).toBeVisible();
      for (const [name, path] of [
        [t.termsOfUse, 'terms'],
        [t.privacyPolicy, 'privacy'],
        [t.legalNotice, 'legal'],
      ] as const) {
        await expect(footer.getByRole('link', { name, exact: true })).toHaveAttribute('href', `https://www.agents.example/${path}`);
      }
      await expect(footer.locator('a[href="mailto:servicedesk@agents.example"]')).toBeVisible();
      await expect(footer.getByRole('link', { name: '+49 89 5550 130' })).toBeVisible();
    };
    await page.goto('/agents/sign-in');
    await expectFooter();
    await expectGoodPage(page, lang);
    await signInLine(page, { portal, mailbox, t }, 'mberg');
    await expectFooter();
    await expectGoodPage(page, lang);
    for (const path of ['profile', 'profile/second-factor', 'sessions', 'approvals', 'request/voice']) {
      await page.goto(`/agents/${path}`);
      await expectFooter();
    }
    // The address itself is read where nobody has a program for mail.
    await expect(page.getByRole('link', { name: 'servicedesk@agents.example', exact: true })).toBeVisible();
  });

  test('E12: the page of the code names the app, has one field and a way out', async ({ page, portal, t }) => {
    const sam = await portal.person('sam.okafor');
    await toCode(page, t, sam);
    const code = page.getByLabel(t.securityCode, { exact: true });
    await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
    await expect(code).toHaveAttribute('inputmode', 'numeric');
    await page.getByRole('button', { name: t.cancel, exact: true }).click();
    await expectHeading(page, t.signIn);
    await expect(page.getByLabel(t.password, { exact: true })).toHaveValue('');
  });

  test('E14: the language is chosen before signing in, and stays', { tag: '@german' }, async ({ page, lang, t }) => {
    const [other, signIn] = lang === 'en' ? (['Deutsch', 'Anmelden'] as const) : (['English', 'Sign in'] as const);
    await visit(page, '/cloud/sign-in');
    await expectHeading(page, t.signIn);
    await page.getByRole('button', { name: other, exact: true }).click();
    await expectHeading(page, signIn);
    await page.goto('/');
    await expect(page.locator('html')).not.toHaveAttribute('lang', lang);
    await page.goto('/cloud/sign-in');
    await expectHeading(page, signIn);
  });

  test('E10: the entry in the app carries issuer and account', async ({ page, portal, t }) => {
    const lea = await portal.person('lea.neu@example.com');
    await page.goto('/cloud/sign-in');
    await givePassword(page, t, lea.login, lea.password ?? '', 'cloud');
    await expectHeading(page, t.overviewTitle);
    await visit(page, '/cloud/add/totp');
    await expectHeading(page, t.adviceTitle);
    await page.getByRole('button', { name: t.continue, exact: true }).click();
    await expectHeading(page, t.totpTitle);
    const uri = new URL((await page.getByRole('link', { name: t.totpOpen }).getAttribute('href')) ?? '');
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain(`Rekey Cloud:${lea.login}`);
    expect(uri.searchParams.get('issuer')).toBe('Rekey Cloud');
  });
});
