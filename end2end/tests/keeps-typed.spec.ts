import { expectGoodPage } from '../fixtures/axe';
import { Authenticator } from '../fixtures/authenticator';
import { expect, test } from '../fixtures/test';
import { signInAda } from '../pages/admin';
import { expectHeading, press, visit } from '../pages/door';
import { loginLabel } from '../pages/sign-in';

/** As Windows writes it: J\xf6rg, and a dash that is no letter of ISO 8859-1. */
const WINDOWS = Buffer.from('email;name\r\nm.mueller@example.com;J\xf6rg M\xfcller\x96Gro\xdf\r\n', 'latin1');

test.describe('what was typed stays', () => {
  test('another language and another look leave the form as it is, but for secrets', async ({ page, lang, t }) => {
    const [other, password] = lang === 'en' ? (['Deutsch', 'Passwort'] as const) : (['English', 'Password'] as const);
    await visit(page, '/customers/sign-in');
    await page.getByLabel(loginLabel(t, 'customers'), { exact: true }).fill('half.typed@example.com');
    await page.getByLabel(t.password, { exact: true }).fill('secret');
    await press(page, other);
    await expect(page.locator('html')).not.toHaveAttribute('lang', lang);
    await expect(page.locator('input[name=login]')).toHaveValue('half.typed@example.com');
    await expect(page.getByLabel(password, { exact: true })).toHaveValue('');
    await page.locator('button[name=theme][value=dark]').click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.locator('input[name=login]')).toHaveValue('half.typed@example.com');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test('a chosen file is read as it was written, says why not, and is read again', async ({ page, portal, mailbox, t }) => {
    await signInAda(page, { portal, mailbox, t });
    await visit(page, '/admin/customers/invitations');
    const file = page.getByLabel(t.csvFile, { exact: true });
    const field = page.getByLabel(t.csvLabel, { exact: true });
    await file.setInputFiles({ name: 'old.csv', mimeType: 'text/csv', buffer: WINDOWS });
    await expect(field).toHaveValue(/Jörg Müller–Groß/);
    await file.setInputFiles({ name: 'big.csv', mimeType: 'text/csv', buffer: Buffer.alloc(2_100_000, 'a') });
    await expect(page.getByRole('alert').filter({ hasText: '2 MB' })).toBeVisible();
    for (const address of ['first@example.com', 'second@example.com']) {
      await file.setInputFiles({ name: 'same.csv', mimeType: 'text/csv', buffer: Buffer.from(`email\n${address}\n`) });
      await expect(field).toHaveValue(new RegExp(address));
    }
    await expect(page.getByRole('alert').filter({ hasText: '2 MB' })).toHaveCount(0);
  });

  test('a passkey dialog that was left open does not stand in the way of the next', async ({ page, portal, t }) => {
    const pia = await portal.person('pia.key@customers.example');
    const key = await Authenticator.plugIn(page);
    await key.hold(pia);
    await visit(page, '/customers/sign-in');
    await press(page, t.withPasskey);
    await page.locator('a[href="/customers/forgot"]').click();
    await expectHeading(page, t.forgotTitle);
    await page.goBack();
    await expectHeading(page, t.signIn);
    await key.approve(async () => {
      await press(page, t.withPasskey);
      await expectHeading(page, t.overviewTitle);
    });
  });
});
