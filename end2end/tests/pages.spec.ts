import { inviteByMail, openInvitations, openPerson, signInAda } from '../pages/admin';
import { card, choose, enrollTotp, toChoice } from '../pages/enroll';
import { expectHeading, expectNews, expectProblem, expectRefused, press, visit } from '../pages/door';
import { GOOD, resetLink, setPassword } from '../pages/reset';
import { giveCode, givePassword, signInPasskey, signInTotp, toTotp } from '../pages/sign-in';
import { expectAccessible, expectGoodPage } from '../fixtures/axe';
import { expect, test } from '../fixtures/test';

// Every screen by day and by night, in 320 pixels, in both languages.
test.describe('pages', () => {
  test('before signing in', { tag: '@german' }, async ({ page, t, lang }) => {
    await visit(page, '/');
    await expectHeading(page, t.startTitle);
    await expectGoodPage(page, lang);
    for (const realm of ['customers', 'workforce', 'dealers', 'agents', 'cloud']) {
      await visit(page, `/${realm}/sign-in`);
      await expectHeading(page, t.signIn);
      await expectGoodPage(page, lang);
    }
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, 'nobody@customers.example', 'wrong-guess-number-1');
    await expectProblem(page, t.wrongCredentials);
    await expectGoodPage(page, lang);
  });

  test('what is not there', { tag: '@german' }, async ({ page, t, lang, guard }) => {
    guard.expect(/404/);
    const answer = await page.goto('/customers/nothing');
    expect(answer?.status()).toBe(404);
    await expect(page.locator('body')).toContainText(t.notFound);
    // B17: in the reader's language, and in no other.
    await expectGoodPage(page, lang);
  });

  test('codes', { tag: '@german' }, async ({ page, portal, t, lang, mailbox }) => {
    const max = await portal.person('max.multi');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, max.login, max.password ?? '');
    await expectHeading(page, t.passkeyTitle);
    await expectGoodPage(page, lang);
    await toTotp(page, t, max);
    await expectGoodPage(page, lang);
    await giveCode(page, t, '12');
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongTotp);
    await expectGoodPage(page, lang);
    await press(page, t.anotherWay);
    await expectHeading(page, t.anotherTitle);
    await expectGoodPage(page, lang);
    await press(page, t.wayRecovery);
    await expectHeading(page, t.recoveryTitle);
    await expectGoodPage(page, lang);
    await press(page, t.anotherWay);
    await press(page, t.wayEmail);
    await expectHeading(page, t.otpTitle);
    await expect(page.getByText(t.sentTo)).toBeVisible();
    await mailbox.code(max.login);
    await expectGoodPage(page, lang);
  });

  test('forgotten passwords and links', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/forgot');
    await expectHeading(page, t.forgotTitle);
    await expectGoodPage(page, lang);
    const link = await resetLink(page, world, tess.login);
    await expectGoodPage(page, lang);
    await visit(page, link);
    await expectHeading(page, t.resetTitle);
    await expectGoodPage(page, lang);
    await press(page, t.continue);
    await expectHeading(page, t.newTitle);
    await expectGoodPage(page, lang);
    await setPassword(page, t, 'short');
    await expectProblem(page, t.tooShort);
    await expectGoodPage(page, lang);
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
    await expectGoodPage(page, lang);
    await visit(page, link);
    await expectHeading(page, t.linkUsed);
    await expectGoodPage(page, lang);
    await visit(page, '/customers/reset/nothing');
    await expectHeading(page, t.linkUnknown);
    await expectGoodPage(page, lang);
    await portal.advance(60);
    const late = await resetLink(page, world, tess.login);
    await portal.advance(31 * 60);
    await visit(page, late);
    await expectHeading(page, t.linkExpired);
    await expectGoodPage(page, lang);
    const jonas = await portal.person('Q471108');
    await visit(page, jonas.enroll_link!);
    await expectGoodPage(page, lang);
  });

  test('setting up', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toChoice(page, world, await portal.person('nora.new'));
    await expectGoodPage(page, lang);
    await choose(page, t, t.emailChoice);
    await expectHeading(page, t.emailTitle);
    await expectGoodPage(page, lang);
    await press(page, t.cancel);
    await choose(page, t, t.totpChoice);
    await expectHeading(page, t.totpTitle);
    await expectGoodPage(page, lang);
    await page.getByText(t.cannotScan, { exact: true }).click();
    await expectGoodPage(page, lang);
    await enrollTotp(page, world, 'A name that is as long as names may be, sixty-four of them, all ');
    await expectHeading(page, t.codesOffer);
    await expectGoodPage(page, lang);
    await press(page, t.codesOffer);
    await expectHeading(page, t.codesTitle);
    await expectGoodPage(page, lang);
    await page.getByRole('link', { name: t.download, exact: true }).click();
    await press(page, t.codesSaved);
    await expectNews(page, t.codesReady);
    await expectGoodPage(page, lang);
    await visit(page, '/customers/add/passkey');
    await expect(page.getByRole('radio', { name: t.passkeyChoice })).toBeChecked();
    await press(page, t.continue);
    await expectHeading(page, t.passkeyCreateTitle);
    await expectGoodPage(page, lang);
  });

  test('signed in', { tag: '@german' }, async ({ page, portal, mailbox, t, lang, visitor, plugIn }) => {
    const world = { portal, mailbox, t };
    const max = await portal.person('max.multi');
    const other = await visitor();
    await signInTotp(other, world, max);
    const key = await plugIn(page);
    await key.hold(max);
    await signInPasskey(page, world, key, max);
    await expectGoodPage(page, lang);
    await visit(page, '/customers/sessions');
    await expectHeading(page, t.sessions);
    await page.locator('summary').first().click();
    await expectGoodPage(page, lang);
    await visit(page, '/customers/profile');
    await expectHeading(page, t.profileTitle);
    await expectGoodPage(page, lang);
    await page.getByLabel(t.furtherAddress, { exact: true }).fill('second@mail.example');
    await press(page, t.addAddress);
    await expect(page.getByText(t.pendingAddress)).toBeVisible();
    await expectGoodPage(page, lang);
    await visit(page, '/customers/add');
    await expectHeading(page, t.addTitle);
    await expectGoodPage(page, lang);
    await visit(page, '/customers/recovery-codes');
    await expectHeading(page, t.codesOffer);
    await expectGoodPage(page, lang);
    await visit(page, '/customers/overview');
    await card(page, t.totpChoice).getByRole('link', { name: new RegExp(`^${t.modify}`) }).click();
    await expect(page.getByRole('heading', { level: 2, name: t.rename })).toBeVisible();
    await page.locator('summary').first().click();
    await expectGoodPage(page, lang);
    await page.getByRole('main').getByRole('button', { name: new RegExp(`^${t.test}`) }).click();
    await expect(page.getByText(t.testLead)).toBeVisible();
    await expectGoodPage(page, lang);
    await portal.advance(6 * 60);
    await visit(page, '/customers/add');
    await expectHeading(page, t.passkeyTitle);
    await expectGoodPage(page, lang);
  });

  test('not me', { tag: '@german' }, async ({ page, portal, mailbox, t, lang, visitor }) => {
    const world = { portal, mailbox, t };
    const tess = await portal.person('tess.totp');
    await signInTotp(page, world, tess);
    await visit(page, '/customers/recovery-codes');
    await press(page, t.codesOffer);
    await expectHeading(page, t.codesTitle);
    const owner = await visitor();
    await visit(owner, await mailbox.link(tess.login, 'not-me'));
    await expectHeading(owner, t.notMe);
    await expectGoodPage(owner, lang);
    await press(owner, t.notMe);
    await expectHeading(owner, t.protected);
    await expectGoodPage(owner, lang);
    await portal.advance(60);
    await signInTotp(page, world, tess);
    await expect(page.getByText(t.frozen, { exact: true })).toBeVisible();
    await expectGoodPage(page, lang);
  });

  test('administration', { tag: '@german' }, async ({ page, portal, mailbox, t, lang, visitor }) => {
    const world = { portal, mailbox, t };
    const key = await signInAda(page, world);
    await expectGoodPage(page, lang);
    expect(key).toBeDefined();
    await visit(page, '/admin');
    await expectHeading(page, t.administration);
    await expectGoodPage(page, lang);
    const link = await inviteByMail(page, world, 'a-very-long-address-for-a-narrow-screen@subdomain.mail.example', 'Zoe', lang);
    await expectGoodPage(page, lang);
    const invited = await visitor();
    await visit(invited, link);
    await expectHeading(invited, t.welcome);
    await expectGoodPage(invited, lang);
    await press(invited, t.setUpAccount);
    await expectHeading(invited, t.firstTitle);
    await expectGoodPage(invited, lang);
    await openInvitations(page, world);
    await page.getByLabel(t.csvLabel, { exact: true }).fill('email\nbroken\ntess.totp@customers.example\ngood@csv.example');
    await press(page, t.csvCheck);
    await expect(page.locator('#csv-report')).toContainText('broken');
    await expectGoodPage(page, lang);
    await visit(page, '/admin/customers/people');
    await expectHeading(page, t.people);
    await expectGoodPage(page, lang);
    await openPerson(page, world, 'customers', 'max', 'Max Möller');
    await expectGoodPage(page, lang);
  });

  test('the demo mailbox', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    const link = await resetLink(page, { portal, mailbox, t }, tess.login);
    await page.goto('/demo/outbox');
    await expect(page.getByRole('link', { name: link })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('article').getByRole('link').first().click();
    await expect(page.getByText(tess.login).or(page.getByText('Tess Tollmann')).first()).toBeVisible();
  });

  test.describe('languages', () => {
    test.use({ langCookie: false });

    test('B17: the browser is heard, the choice beats it, and it stays', { tag: '@german' }, async ({ page, t, lang }) => {
      await visit(page, '/customers/sign-in');
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expectHeading(page, t.signIn);
      const [name, code, title] = lang === 'en' ? ['Deutsch', 'de', 'Anmelden'] : ['English', 'en', 'Sign in'];
      const before = await page.getByRole('main').innerText();
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.locator('html')).toHaveAttribute('lang', code);
      await expectHeading(page, title);
      // No address carries it on.
      await expect(page).toHaveURL(/\/customers\/sign-in$/);
      await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('aria-current', 'true');
      await visit(page, '/customers/forgot');
      await expect(page.locator('html')).toHaveAttribute('lang', code);
      // Nothing of the other language is left.
      await visit(page, '/customers/sign-in');
      const kept = before.split('\n').filter((line) => line.length > 12);
      for (const line of kept) await expect.soft(page.getByRole('main')).not.toContainText(line);
    });

    test('B17: somebody whose language is on record is spoken to in it, by mail as well', { tag: '@german' }, async ({ page, portal, mailbox, lang }) => {
      const { labels } = await import('../fixtures/labels');
      const tess = await portal.person('tess.totp');
      const t = labels[lang];
      await visit(page, '/customers/sign-in');
      await givePassword(page, t, tess.login, tess.password ?? '');
      await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
      // Tess reads English, wherever she sits.
      await expectHeading(page, labels.en.overviewTitle);
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await visit(page, '/customers/recovery-codes');
      await press(page, labels.en.codesOffer);
      await expectHeading(page, labels.en.codesTitle);
      expect((await mailbox.newest(tess.login)).text).toMatch(labels.en.mailHello);
    });
  });

  test('dark is kept', async ({ page, t }) => {
    await visit(page, '/customers/sign-in');
    await page.getByRole('button', { name: t.dark, exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await visit(page, '/customers/forgot');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expectAccessible(page);
  });

  test('the keyboard: skip link, order, and where the focus goes', async ({ page, t }) => {
    await visit(page, '/customers/forgot');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: t.skip, exact: true });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByLabel(t.login, { exact: true })).toBeFocused();
    await page.keyboard.type('nobody@customers.example');
    await page.keyboard.press('Enter');
    await expectHeading(page, t.sentTitle);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  });
});
