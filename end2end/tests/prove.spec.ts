import { expectHeading, expectNews, expectProblem, expectRefused, press, visit } from '../pages/door';
import { expectSignedIn, giveCode, givePassword, signInEmail, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('prove', () => {
  test('a wrong code of the app is refused in words; the right one still works, with spaces', async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    const field = page.getByLabel(t.securityCode, { exact: true });
    await expect(field).toHaveAttribute('autocomplete', 'one-time-code');
    await expect(field).toHaveAttribute('inputmode', 'numeric');
    const right = await portal.totp(tess.totp_secret ?? '');
    await giveCode(page, t, right === '000000' ? '111111' : '000000');
    await expectRefused(field, t.wrongTotp);
    await giveCode(page, t, `${right.slice(0, 3)} ${right.slice(3)}`);
    await expectSignedIn(page, t);
  });

  test('an empty code costs no try', async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    for (let n = 0; n < 7; n += 1) {
      // Each answer brings a new field: the next code is typed into none that goes.
      const field = page.getByLabel(t.securityCode, { exact: true });
      await field.evaluate((old) => old.setAttribute('data-old', ''));
      await press(page, t.confirm);
      await expect(page.locator('[data-old]')).toHaveCount(0);
      await expectRefused(field, t.enterCode);
    }
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    await expectSignedIn(page, t);
  });

  test('B14: the mail page says where, when and how long; a new code voids the old one', async ({ page, portal, mailbox, t }) => {
    const emil = await portal.person('emil.mail');
    const before = await mailbox.mark();
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, emil.login, emil.password ?? '');
    await expectHeading(page, t.otpTitle);
    await expect(page.getByText(t.sentTo)).toContainText('e•••••@customers.example');
    await expect(page.getByText(t.validUntil)).toBeVisible();
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect(page.getByRole('heading', { name: t.noMail })).toBeVisible();
    const old = await mailbox.code(emil.login, before);
    expect(old).toMatch(/^\d{8}$/);

    // Too soon: the button says when.
    const resend = page.getByRole('button', { name: t.resend, exact: true });
    await expect(resend).toHaveAttribute('aria-disabled', 'true');
    await expect(resend).toHaveAccessibleDescription(new RegExp(t.againIn));

    await portal.advance(31);
    await page.reload();
    const again = await mailbox.mark();
    await resend.click();
    await expectNews(page, t.codeSent);
    const fresh = await mailbox.code(emil.login, again);
    expect(fresh).not.toBe(old);
    await giveCode(page, t, old);
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongMailCode);
    await giveCode(page, t, `${fresh.slice(0, 4)} ${fresh.slice(4)}`);
    await expectSignedIn(page, t);
  });

  test('loading the page again sends no second mail', async ({ page, portal, mailbox, t }) => {
    const emil = await portal.person('emil.mail');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, emil.login, emil.password ?? '');
    await expectHeading(page, t.otpTitle);
    await mailbox.code(emil.login);
    await page.reload();
    await expectHeading(page, t.otpTitle);
    await page.reload();
    await expectHeading(page, t.otpTitle);
    await portal.settled();
    expect(await mailbox.all(emil.login)).toHaveLength(1);
  });

  test('a mail code expires', async ({ page, portal, mailbox, t }) => {
    const emil = await portal.person('emil.mail');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, emil.login, emil.password ?? '');
    await expectHeading(page, t.otpTitle);
    const code = await mailbox.code(emil.login);
    await portal.advance(10 * 60 + 1);
    await giveCode(page, t, code);
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.expiredCode);
  });

  test('after five wrong mail codes the right one is refused too', async ({ page, portal, mailbox, t }) => {
    const emil = await portal.person('emil.mail');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, emil.login, emil.password ?? '');
    await expectHeading(page, t.otpTitle);
    const code = await mailbox.code(emil.login);
    const wrong = code === '12345678' ? '87654321' : '12345678';
    for (let n = 0; n < 5; n += 1) {
      await portal.advance(20);
      const answer = page.waitForResponse((response) => response.url().endsWith('/api/prove/code'));
      await giveCode(page, t, wrong);
      await (await answer).finished();
      await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongMailCode);
    }
    await portal.advance(20);
    await giveCode(page, t, code);
    await expectProblem(page, t.tooOften);
    await page.goto('/customers/overview');
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
  });

  test('other ways are a list; a recovery code works once', async ({ page, portal, t, visitor }) => {
    const max = await portal.person('max.multi');
    const code = max.recovery_codes?.[0] ?? '';
    const enter = async (at: typeof page): Promise<void> => {
      await visit(at, '/customers/sign-in');
      await givePassword(at, t, max.login, max.password ?? '');
      // The strongest way is asked for first.
      await expectHeading(at, t.passkeyTitle);
      await press(at, t.anotherWay);
      await expectHeading(at, t.anotherTitle);
      await expect(at.getByRole('button', { name: t.wayTotp, exact: true })).toBeVisible();
      await expect(at.getByRole('button', { name: t.wayEmail, exact: true })).toBeVisible();
      await press(at, t.wayRecovery);
      await expectHeading(at, t.recoveryTitle);
    };
    await enter(page);
    await page.getByLabel(t.recoveryCode, { exact: true }).fill(code.toLowerCase().replaceAll('-', ' '));
    await press(page, t.confirm);
    await expectSignedIn(page, t);
    await expect(page.getByText(t.codesLeft(9))).toBeVisible();

    const other = await visitor();
    await enter(other);
    await other.getByLabel(t.recoveryCode, { exact: true }).fill(code);
    await press(other, t.confirm);
    await expectRefused(other.getByLabel(t.recoveryCode, { exact: true }), t.usedRecovery);
  });

  test('another way leads to the code from the mail', async ({ page, portal, mailbox, t }) => {
    const max = await portal.person('max.multi');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, max.login, max.password ?? '');
    await expectHeading(page, t.passkeyTitle);
    await press(page, t.anotherWay);
    const before = await mailbox.mark();
    await press(page, t.wayEmail);
    await expectHeading(page, t.otpTitle);
    await expect(page.getByText(t.sentTo)).toBeVisible();
    await giveCode(page, t, await mailbox.code(max.login, before));
    await expectSignedIn(page, t);
  });

  test('cancel leads out, and what was proven is gone', async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    await press(page, t.cancel);
    await expectHeading(page, t.signIn);
    await page.reload();
    await expectHeading(page, t.signIn);
  });

  test('a sign-in that waited too long begins anew', async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    await portal.advance(16 * 60);
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    await expectProblem(page, t.startAgain);
    await expectHeading(page, t.signIn);
  });

  test('changes ask for a fresh proof, as strong as one has; then they go on', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await portal.advance(6 * 60);
    await visit(page, '/customers/add');
    await expectHeading(page, t.codeTitle);
    await expect(page).toHaveURL(/\/customers\/confirm$/);
    await expect(page.getByText(t.confirmLead)).toBeVisible();
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    await expectHeading(page, t.addTitle);
    await expect(page).toHaveURL(/\/customers\/add$/);
  });

  test('a mailbox is no fresh proof: the password is', async ({ page, portal, mailbox, t }) => {
    const emil = await portal.person('emil.mail');
    await signInEmail(page, { portal, mailbox, t }, emil);
    await portal.advance(6 * 60);
    await visit(page, '/customers/add');
    await expectHeading(page, t.passwordTitle);
    await page.getByLabel(t.password, { exact: true }).fill(emil.password ?? '');
    await press(page, t.confirm);
    await expectHeading(page, t.addTitle);
  });

  test('C09: the code is valid until a time on the clock of who reads it', async ({ page, portal, t }) => {
    const emil = await portal.person('emil.mail');
    const zone = await page.context().newCDPSession(page);
    await zone.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Tokyo' });
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, emil.login, emil.password!);
    await expectHeading(page, t.otpTitle);
    const now = await portal.now();
    const at = (minutes: number): string =>
      new Date(now + minutes * 60_000).toLocaleTimeString('de-DE', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });
    await expect(page.getByText(new RegExp([9, 10, 11].map(at).join('|')))).toBeVisible();
  });
});
