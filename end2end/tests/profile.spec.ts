import { expectHeading, expectNews, expectRefused, press, visit } from '../pages/door';
import { giveCode, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const SECOND = 'tess.privat@mail.example';

test.describe('profile', () => {
  test('a second address for notices: a code goes there first, then both are told of every change', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await visit(page, '/customers/profile');
    await expectHeading(page, t.profileTitle);
    const field = page.getByLabel(t.furtherAddress, { exact: true });
    await field.fill('no address');
    await press(page, t.addAddress);
    await expectRefused(field, t.notAnAddress);
    await expect(field).toHaveValue('no address');
    await field.fill(tess.login);
    await press(page, t.addAddress);
    await expectRefused(field, t.addressKnown);

    const before = await mailbox.mark();
    await field.fill(SECOND);
    await press(page, t.addAddress);
    await expect(page.getByText(t.pendingAddress)).toBeVisible();
    const code = await mailbox.code(SECOND, before);
    await giveCode(page, t, code === '12345678' ? '87654321' : '12345678');
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongMailCode);
    await giveCode(page, t, code);
    await expectNews(page, t.addressAdded);
    await expect(page.getByRole('listitem').filter({ hasText: SECOND })).toBeVisible();
    await mailbox.link(tess.login, 'not-me', before);
    await mailbox.link(SECOND, 'not-me', before);

    // Every change is told to both from now on.
    const later = await mailbox.mark();
    await visit(page, '/customers/recovery-codes');
    await press(page, t.codesOffer);
    await expectHeading(page, t.codesTitle);
    await mailbox.newest(tess.login, later);
    await mailbox.newest(SECOND, later);

    // Removed: that address hears of it, and nothing after.
    await visit(page, '/customers/profile');
    const row = page.getByRole('listitem').filter({ hasText: SECOND });
    await row.locator('summary').click();
    const removal = await mailbox.mark();
    await row.getByRole('button', { name: t.removeAddress, exact: true }).click();
    await expectNews(page, t.addressRemoved);
    await mailbox.newest(SECOND, removal);
    await expect(page.getByRole('listitem').filter({ hasText: SECOND })).toHaveCount(0);
  });

  test('name and language', async ({ page, portal, mailbox, t, context }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    // The language on record speaks where none was chosen in this browser.
    await context.clearCookies({ name: 'lang' });
    await page.goto('/customers/profile');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.getByLabel('Name', { exact: true }).fill('Tessa Tollmann');
    await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('de');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expectNews(page, 'Ihr Profil ist gespeichert.');
    await expectHeading(page, 'Benutzerprofil');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page.getByRole('banner')).toContainText('Tessa Tollmann');
    // Mails as well.
    const before = await mailbox.mark();
    await visit(page, '/customers/recovery-codes');
    await page.getByRole('button', { name: 'Wiederherstellungscodes erstellen', exact: true }).click();
    await expectHeading(page, 'Ihre Wiederherstellungscodes');
    expect((await mailbox.newest(tess.login, before)).text).toContain('Guten Tag Tessa Tollmann');
  });

  test('a name with what cannot be seen is refused', async ({ page, portal, mailbox, t }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    await visit(page, '/customers/profile');
    await page.getByLabel(t.name, { exact: true }).fill('Tess\u202eTollmann');
    await press(page, t.save);
    await expectRefused(page.getByLabel(t.name, { exact: true }), t.controlCharacters);
  });

  test('the first address is changed by the service desk only', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await visit(page, '/customers/profile');
    await expect(page.getByRole('main').getByText(tess.login).first()).toBeVisible();
    await expect(page.locator('input[name="email"]')).toHaveCount(1);
    await expect(page.getByRole('link', { name: t.changePassword })).toHaveAttribute('href', '/customers/forgot');
  });
});
