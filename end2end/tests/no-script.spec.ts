import { expectHeading, expectNews, expectProblem, expectRefused, press } from '../pages/door';
import { askForReset, GOOD, setPassword } from '../pages/reset';
import { expectSignedIn, giveCode, givePassword } from '../pages/sign-in';
import { choose, enrollTotp, toChoice } from '../pages/enroll';
import { expect, test } from '../fixtures/test';

test.use({ javaScriptEnabled: false });

test.describe('no-script', () => {
  test('sign-in with the app, and out again', async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await page.goto('/customers/sign-in');
    await expect(page.getByRole('button', { name: t.withPasskey, exact: true })).toBeHidden();
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    await expectSignedIn(page, t);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
  });

  test('a refusal keeps the address, says why, and loading the page again posts nothing', async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await page.goto('/customers/sign-in');
    await givePassword(page, t, tess.login, 'quite-another-word-77');
    await expectProblem(page, t.wrongCredentials);
    await expectRefused(page.getByLabel(t.password, { exact: true }), t.wrongCredentials);
    await expect(page.getByLabel(t.login, { exact: true })).toHaveValue(tess.login);
    await expect(page.getByLabel(t.password, { exact: true })).toHaveValue('');
    await expect(page).toHaveTitle(/^(Error|Fehler): /);
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
    await page.reload();
    await expectHeading(page, t.signIn);
  });

  test('refusals of the first form that a browser ever sends', async ({ page, t }) => {
    await page.goto('/customers/sign-in');
    await press(page, t.signIn);
    await expectRefused(page.getByLabel(t.login, { exact: true }), t.enterLogin);
    await page.goto('/customers/forgot');
    await page.getByLabel(t.login, { exact: true }).fill('tess@customers');
    await press(page, t.continue);
    await expectRefused(page.getByLabel(t.login, { exact: true }), t.notAnAddress);
    await expect(page.getByLabel(t.login, { exact: true })).toHaveValue('tess@customers');
  });

  test('a wrong code is refused, the right one works', async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await page.goto('/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    const right = await portal.totp(tess.totp_secret ?? '');
    await giveCode(page, t, right === '000000' ? '111111' : '000000');
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongTotp);
    await giveCode(page, t, right);
    await expectSignedIn(page, t);
  });

  test('a password is reset by mail', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    const before = await mailbox.mark();
    await askForReset(page, t, tess.login);
    await page.goto(await mailbox.link(tess.login, 'reset', before));
    await expectHeading(page, t.resetTitle);
    await press(page, t.continue);
    await expectHeading(page, t.newTitle);
    await setPassword(page, t, 'short7!');
    await expectRefused(page.getByLabel(t.newPassword, { exact: true }), t.tooShort);
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
    await givePassword(page, t, tess.login, GOOD);
    await expectHeading(page, t.codeTitle);
  });

  test('an app is set up, and recovery codes are seen once', async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    await toChoice(page, world, await portal.person('nora.new'));
    await choose(page, t, t.totpChoice);
    await enrollTotp(page, world, 'Phone');
    await expectHeading(page, t.codesOffer);
    await press(page, t.codesOffer);
    await expectHeading(page, t.codesTitle);
    const list = page.getByRole('list', { name: t.codesList, exact: true }).getByRole('listitem');
    await expect(list).toHaveCount(10);
    const [first] = await list.allInnerTexts();
    await press(page, t.codesSaved);
    await expectNews(page, t.codesReady);
    await page.goto('/customers/recovery-codes');
    await expect(page.getByText(first!)).toHaveCount(0);
  });

  test('where a passkey is the only way, the page says what it needs', async ({ page, t }) => {
    await page.goto('/workforce/sign-in');
    await expectHeading(page, t.signIn);
    await expect(page.getByText(t.needsScript)).toBeVisible();
    await page.goto('/customers/sign-in');
    await expect(page.getByText(t.needsScript)).toHaveCount(0);
  });

  test('language and light are plain links', async ({ page, lang }) => {
    await page.goto('/customers/sign-in');
    const [name, code] = lang === 'en' ? ['Deutsch', 'de'] : ['English', 'en'];
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', code);
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
    await page.locator('button[name="theme"][value="dark"]').click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
  });
});
