import { expectGoodPage } from '../fixtures/axe';
import { signInAda } from '../pages/admin';
import { expectHeading, expectNews, expectRefused, press, visit } from '../pages/door';
import { signInEmail, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('applications of a realm', () => {
  test('D15: an administrator registers an application, sees its secret once, and switches it off', { tag: ['@german', '@nodes'] }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await visit(page, '/admin/customers/applications');
    await expectHeading(page, t.applications);
    await expectGoodPage(page, lang);
    await page.getByLabel(t.clientId, { exact: true }).fill('pay');
    await page.getByLabel(t.appNameEn, { exact: true }).fill('Payroll');
    await page.getByLabel(t.appNameDe, { exact: true }).fill('Löhne');
    await page.getByLabel(t.appUrl, { exact: true }).fill('http://pay.example/');
    await page.getByLabel(t.appRedirects, { exact: true }).fill('https://pay.example/callback');
    await press(page, t.appRegister);
    await expectRefused(page.getByLabel(t.appUrl, { exact: true }), t.appUnsafe);
    await expect(page.getByLabel(t.appRedirects, { exact: true })).toHaveValue('https://pay.example/callback');
    await page.getByLabel(t.appUrl, { exact: true }).fill('https://pay.example/');
    await press(page, t.appRegister);
    await expectNews(page, t.appAdded);
    await expect(page.getByText(t.appSecretOnce)).toBeVisible();
    await expect(page.locator('#secret')).toHaveText(/^[\w-]{43}$/);
    await expectGoodPage(page, lang);
    // Once: whoever looks again sees no secret.
    await visit(page, '/admin/customers/applications/pay');
    await expect(page.locator('#secret')).toHaveCount(0);

    // People have it on their overview at once, until it is switched off.
    const reader = await visitor();
    await signInTotp(reader, world, await portal.person('tess.totp'));
    const name = lang === 'en' ? 'Payroll' : 'Löhne';
    await expect(reader.getByRole('link', { name, exact: true })).toHaveAttribute('href', 'https://pay.example/');
    await page.locator('summary').click();
    await press(page, t.appOff);
    await expectNews(page, t.appOffDone);
    await reader.reload();
    await expect(reader.getByRole('link', { name, exact: true })).toHaveCount(0);

    // What the policy file has is shown, and changed there.
    await visit(page, '/admin/customers/applications/lernwelt');
    await expect(page.getByText(t.appFromPolicy)).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await expectGoodPage(page, lang);
  });

  test('D01 D15: which sign-ins open an application, and from when, is named by its page', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await visit(page, '/admin/customers/applications');
    await page.getByLabel(t.clientId, { exact: true }).fill('games');
    await page.getByLabel(t.appKind, { exact: true }).selectOption(t.appPublic);
    await page.getByLabel(t.appNameEn, { exact: true }).fill('Games');
    await page.getByLabel(t.appNameDe, { exact: true }).fill('Games');
    await page.getByLabel(t.appUrl, { exact: true }).fill('https://games.example/');
    await page.getByLabel(t.appRedirects, { exact: true }).fill('https://games.example/callback');
    const withApp = page.getByRole('group').filter({ has: page.locator('input[value="password+totp"]') }).last();
    const day = new Date((await portal.now()) + 2 * 86_400_000).toISOString().slice(0, 10);
    // Nobody could open it until then.
    await withApp.getByRole('checkbox').check();
    await withApp.getByLabel(t.appFrom, { exact: true }).fill(day);
    await press(page, t.appRegister);
    await expect(page.getByText(t.appNobodyOpens).first()).toBeVisible();
    await expect(withApp.getByRole('checkbox')).toBeChecked();
    await expect(withApp.getByLabel(t.appFrom, { exact: true })).toHaveValue(day);
    await expectGoodPage(page, lang);
    await withApp.getByLabel(t.appFrom, { exact: true }).fill('');
    await page.getByLabel(t.appSince, { exact: true }).fill(day);
    await press(page, t.appRegister);
    await expectNews(page, t.appAdded);
    await expect(withApp.getByRole('checkbox')).toBeChecked();
    await expect(page.getByLabel(t.appSince, { exact: true })).toHaveValue(day);
    await expectGoodPage(page, lang);

    // Until the day every sign-in opens it, and its tile says what comes.
    const reader = await visitor();
    const emil = await portal.person('emil.mail');
    await signInEmail(reader, world, emil);
    const tile = reader.getByRole('listitem').filter({ has: reader.getByRole('link', { name: 'Games', exact: true }) });
    await expect(tile.getByText(t.lacksLater)).toBeVisible();
    await portal.advance(3 * 86_400);
    await signInEmail(reader, world, emil);
    await expect(reader.getByRole('link', { name: 'Games', exact: true })).toHaveCount(0);
  });
});
