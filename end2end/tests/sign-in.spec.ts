import { expectGoodPage } from '../fixtures/axe';
import { policies } from '../fixtures/policies';
import { expectHeading, expectNews, expectProblem, expectRefused, hydrated, loaded, press, visit } from '../pages/door';
import { expectSignedIn, giveCode, givePassword, signInEmail, signInPasskey, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

/** What one waits for, and another rings. */
function signal(): { rung: Promise<void>; ring: () => void } {
  let ring = () => {};
  const rung = new Promise<void>((resolve) => (ring = resolve));
  return { rung, ring };
}

test.describe('sign-in', () => {
  test('B10: address and password, then the code of the app, in any spelling of the address', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await givePassword(page, t, `  ${tess.login.toUpperCase()} `, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    await giveCode(page, t, await portal.nextTotp(tess.totp_secret ?? ''));
    await expectSignedIn(page, t);
  });

  test('B14: the code comes by mail at each sign-in', async ({ page, portal, mailbox, t }) => {
    const emil = await portal.person('emil.mail');
    await signInEmail(page, { portal, mailbox, t }, emil);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await portal.advance(60);
    await signInEmail(page, { portal, mailbox, t }, emil);
    expect((await mailbox.all(emil.login)).filter((mail) => mail.code)).toHaveLength(2);
  });

  test('B16: a passkey signs in alone', async ({ page, portal, mailbox, t, plugIn }) => {
    const pia = await portal.person('pia.key');
    const key = await plugIn(page);
    await key.hold(pia);
    await signInPasskey(page, { portal, mailbox, t }, key, pia);
  });

  test('B16: the browser offers the passkey in the address field', async ({ page, portal, t, plugIn }) => {
    const pia = await portal.person('pia.key');
    const key = await plugIn(page);
    await key.hold(pia);
    await page.goto('/customers/sign-in');
    await expect(page.getByLabel(t.login, { exact: true })).toHaveAttribute('autocomplete', /webauthn/);
    // Who picks it there is what a touch before any press stands for. The page
    // that finds it signs in at once, so what it offers is looked at before.
    await key.touch(true);
    await page.goto('/customers/sign-in');
    await expectSignedIn(page, t);
  });

  test('the button works while what the address field offers is on its way', async ({ page, portal, t, plugIn }) => {
    const pia = await portal.person('pia.key');
    const key = await plugIn(page);
    await key.hold(pia);
    // The address field's question reaches the server after the button's, and is back
    // before it.
    const [aloudAsked, quietBack] = [signal(), signal()];
    let asked = 0;
    await page.route('**/api/sign-in/passkey-options', async (route) => {
      asked += 1;
      const isQuiet = asked === 1;
      if (isQuiet) await aloudAsked.rung;
      const response = await route.fetch();
      if (!isQuiet) {
        aloudAsked.ring();
        await quietBack.rung;
      }
      await route.fulfill({ response });
      if (isQuiet) quietBack.ring();
    });
    const answered: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/sign-in/passkey')) answered.push(request.url());
    });
    await page.goto('/customers/sign-in');
    await expect.poll(() => asked).toBe(1);
    await key.touch(true);
    await page.getByRole('button', { name: t.withPasskey, exact: true }).click();
    await expectSignedIn(page, t);
    expect(answered).toHaveLength(1);
  });

  test('the password works while the browser waits for a passkey', async ({ page, portal, t, plugIn }) => {
    const tess = await portal.person('tess.totp');
    await plugIn(page);
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
  });

  test('a passkey that nobody unlocks leaves the form as it was', async ({ page, portal, t, plugIn }) => {
    const pia = await portal.person('pia.key');
    const key = await plugIn(page);
    await key.hold(pia);
    await key.verifies(false);
    await visit(page, '/customers/sign-in');
    await page.getByLabel(t.login, { exact: true }).fill(pia.login);
    await key.approve(async () => {
      const button = page.getByRole('button', { name: t.withPasskey, exact: true });
      await button.click();
      await expect(button).toBeVisible();
      await expect(button).not.toHaveAttribute('aria-busy', 'true');
    });
    await expect(page.getByLabel(t.login, { exact: true })).toHaveValue(pia.login);
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
  });

  test('a passkey of another realm is answered with the way there', async ({ page, portal, t, plugIn }) => {
    const pia = await portal.person('pia.key');
    const key = await plugIn(page);
    await key.hold(pia);
    await visit(page, '/workforce/sign-in');
    await key.approve(async () => {
      await press(page, t.withPasskey);
      await expectProblem(page, t.otherRealm);
    });
    await expect(page.getByRole('main').locator('a[href="/customers/sign-in"]')).toBeVisible();
  });

  test('workforce: the passkey comes first, then the PIN', async ({ page, portal, mailbox, t, plugIn }) => {
    const jonas = await portal.person('Q471108');
    const key = await plugIn(page);
    await key.hold(jonas);
    await visit(page, '/workforce/sign-in');
    await expect(page.getByLabel(t.password, { exact: true })).toHaveCount(0);
    await key.approve(async () => {
      await press(page, t.withPasskey);
      await expectHeading(page, t.pinTitle);
    });
    const pin = page.getByLabel(t.pin, { exact: true });
    await expect(pin).toHaveAttribute('type', 'password');
    await pin.fill('111111');
    await press(page, t.signIn);
    await expectRefused(page.getByLabel(t.pin, { exact: true }), t.wrongPin);
    await page.getByLabel(t.pin, { exact: true }).fill(jonas.pin ?? '');
    await press(page, t.signIn);
    await expectSignedIn(page, t);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await signInPasskey(page, { portal, mailbox, t }, key, jonas);
  });

  test('dealers: login ID and password, then the code from the mail', async ({ page, portal, mailbox, t }) => {
    const lenz = await portal.person('lenz01');
    await signInEmail(page, { portal, mailbox, t }, lenz, 'maria@autohaus-lenz.example');
  });

  test('cloud: address, password and the code of the app', async ({ page, portal, mailbox, t }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('sam.okafor'));
  });

  test('a wrong password is refused in words, and the address stays', { tag: '@german' }, async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, 'quite-another-word-77');
    await expectProblem(page, t.wrongCredentials);
    await expectRefused(page.getByLabel(t.password, { exact: true }), t.wrongCredentials);
    await expect(page.getByLabel(t.login, { exact: true })).toHaveValue(tess.login);
    await expect(page.getByLabel(t.password, { exact: true })).toHaveValue('');
    await expect(page.locator('#problem')).toBeFocused();
    await expect(page).toHaveTitle(/^(Error|Fehler): /);
    await page.locator('#problem').getByRole('link').click();
    await expect(page.getByLabel(t.password, { exact: true })).toBeFocused();
  });

  test('what is missing is said at its field', async ({ page, t }) => {
    await visit(page, '/customers/sign-in');
    await press(page, t.signIn);
    await expectRefused(page.getByLabel(t.login, { exact: true }), t.enterLogin);
    await page.getByLabel(t.login, { exact: true }).fill('somebody@customers.example');
    await press(page, t.signIn);
    await expectRefused(page.getByLabel(t.password, { exact: true }), t.enterPassword);
    await expect(page.getByLabel(t.login, { exact: true })).toHaveValue('somebody@customers.example');
  });

  test('the password can be shown, pasted and managed', async ({ page, t }) => {
    await visit(page, '/customers/sign-in');
    const password = page.getByLabel(t.password, { exact: true });
    await expect(password).toHaveAttribute('autocomplete', 'current-password');
    await password.fill('seen');
    await page.getByRole('button', { name: new RegExp(`^${t.show}`) }).click();
    await expect(password).toHaveAttribute('type', 'text');
    await expect(password).toHaveValue('seen');
    await page.getByRole('button', { name: new RegExp(`^${t.hide}`) }).click();
    await expect(password).toHaveAttribute('type', 'password');
  });

  test('signing out ends the session on the server', async ({ page, portal, mailbox, t, context }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    const kept = await context.cookies();
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await context.addCookies(kept);
    await page.goto('/customers/overview');
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
  });

  test('idle for a quarter of an hour, and the session is over', async ({ page, portal, mailbox, t }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    await portal.advance(14 * 60);
    await page.goto('/customers/sessions');
    await expectHeading(page, t.sessions);
    await portal.advance(15 * 60 + 1);
    await page.goto('/customers/sessions');
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
  });

  test('a restart of the server in the middle of signing in does no harm', async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    // What is still being fetched would be missed for the restart's sake.
    await loaded(page);
    await portal.restart();
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    await expectSignedIn(page, t);
    await loaded(page);
    await portal.restart('SIGTERM');
    await page.reload();
    await expectSignedIn(page, t);
  });

  test('who is signed in already goes to their own page', async ({ page, portal, mailbox, t }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    await page.goto('/customers/sign-in');
    await expectSignedIn(page, t);
    // One realm's session says nothing about another's.
    await page.goto('/cloud/overview');
    await expect(page).toHaveURL(/\/cloud\/sign-in$/);
    await hydrated(page);
  });
});

// A realm whose second factor is not there yet.
test.describe('sign-in, before there is a second step', () => {
  test.use({ serverArgs: ['--policy', policies('agents', /offers = \["voice", "sms"\][^]*?review_days = 365/, 'offers = []')] });

  test('without a second step there is no session', { tag: '@german' }, async ({ page, portal, t, lang }) => {
    const wolf = await portal.person('kwolf');
    await page.goto('/agents/sign-in');
    await givePassword(page, t, wolf.login, wolf.password ?? '', 'agents');
    await expectHeading(page, t.notYet);
    await expectGoodPage(page, lang);
    await page.goto('/agents/overview');
    await expect(page).toHaveURL(/\/agents\/sign-in$/);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  });
});
