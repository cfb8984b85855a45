import { expectHeading, expectNews, expectProblem, expectRefused, loaded, press, visit } from '../pages/door';
import { askForReset, GOOD, resetLink, setPassword } from '../pages/reset';
import { expectSignedIn, giveCode, givePassword, loginLabel, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('reset-password', () => {
  test('B04 B05 B06 B07 B08: by the link of the mail; the second factor stays', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/sign-in');
    await page.getByRole('link', { name: t.forgotBoth, exact: true }).click();
    await expectHeading(page, t.forgotTitle);
    const before = await mailbox.mark();
    await page.getByLabel(t.login, { exact: true }).fill(tess.login);
    await press(page, t.continue);
    await expectHeading(page, t.sentTitle);
    await expect(page.getByText(t.sentLead(tess.login))).toBeVisible();
    await expect(page.getByRole('heading', { name: t.sentNothing })).toBeVisible();
    await expect(page.getByText(t.sentReasons)).toBeVisible();

    const mail = await mailbox.newest(tess.login, before);
    expect(mail.subject.replaceAll(' ', '')).toContain(mail.code);
    expect(mail.code).toMatch(/^\d{8}$/);
    expect(mail.link).toContain(`${portal.url}/customers/reset/`);

    await visit(page, mail.link!);
    await expectHeading(page, t.resetTitle);
    await expect(page.getByText(t.resetLead)).toBeVisible();
    await press(page, t.continue);
    await expectHeading(page, t.newTitle);
    // The token is in no address from here on.
    await expect(page).toHaveURL(/\/customers\/set-password$/);
    await expect(page.getByLabel(t.account, { exact: true })).toHaveValue(tess.login);
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet.replace('{who}', tess.login));
    await expectHeading(page, t.signIn);

    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectProblem(page, t.wrongCredentials);
    await givePassword(page, t, tess.login, GOOD);
    await expectHeading(page, t.codeTitle);
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    await expectSignedIn(page, t);
  });

  test('B04 B05: the notice is the same for an address that nobody has, and no mail goes there', async ({ page, portal, mailbox, t, visitor }) => {
    const tess = await portal.person('tess.totp');
    await askForReset(page, t, tess.login);
    const known = (await page.getByRole('main').innerText()).replaceAll(tess.login, '…');
    const other = await visitor();
    const nobody = 'nobody@customers.example';
    await askForReset(other, t, nobody);
    const unknown = (await other.getByRole('main').innerText()).replaceAll(nobody, '…');
    const still = (text: string): string => text.replace(/\d+:\d\d/, '0:00');
    expect(still(unknown)).toBe(still(known));
    await mailbox.newest(tess.login);
    await mailbox.expectNone(nobody);
  });

  test('B05: disabled accounts see the same notice and hear nothing', async ({ page, portal, mailbox, t }) => {
    const dora = await portal.person('dora.disabled');
    await askForReset(page, t, dora.login);
    await mailbox.expectNone(dora.login);
  });

  test('B05: it can be sent again after a while; the newest link counts', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    const first = await resetLink(page, { portal, mailbox, t }, tess.login);
    const again = page.getByRole('button', { name: t.sentAgain, exact: true });
    await expect(again).toHaveAttribute('aria-disabled', 'true');
    await portal.advance(31);
    await page.reload();
    const before = await mailbox.mark();
    await again.click();
    const second = await mailbox.link(tess.login, 'reset', before);
    expect(second).not.toBe(first);
    await page.goto(first);
    await expectHeading(page, t.linkUnknown);
    await page.goto(second);
    await expectHeading(page, t.resetTitle);
  });

  test('B06: the short code does the same as the link, on the device that asked', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    const before = await mailbox.mark();
    await askForReset(page, t, tess.login);
    const code = await mailbox.code(tess.login, before);
    const field = page.getByLabel(t.mailCode, { exact: true });
    await field.fill(code === '12345678' ? '87654321' : '12345678');
    await press(page, t.continue);
    await expectRefused(field, t.wrongMailCode);
    await field.fill(`${code.slice(0, 4)} ${code.slice(4)}`);
    await press(page, t.continue);
    await expectHeading(page, t.newTitle);
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
  });

  test('B07: scanners that open the link do no harm; it is used up when the password is set', async ({ page, portal, mailbox, t, visitor }) => {
    const tess = await portal.person('tess.totp');
    const link = await resetLink(page, { portal, mailbox, t }, tess.login);
    const path = new URL(link).pathname;
    for (let n = 0; n < 5; n += 1) expect((await portal.send({ path })).status).toBe(200);
    expect((await portal.send({ path, method: 'HEAD' })).status).toBe(200);
    await visit(page, link);
    await press(page, t.continue);
    await expectHeading(page, t.newTitle);
    // Opened and confirmed, but not completed: it works elsewhere as well.
    const other = await visitor();
    await visit(other, link);
    await press(other, t.continue);
    await expectHeading(other, t.newTitle);
    await setPassword(other, t, GOOD);
    await expectNews(other, t.passwordSet);
    // And now it is used up, here too.
    await setPassword(page, t, 'another-57-quiet-harbour');
    await expect(page.getByRole('heading', { level: 1, name: t.newTitle })).toHaveCount(0);
    await page.goto(link);
    await expectHeading(page, t.linkUsed);
    await page.goto('/customers/sign-in');
    await givePassword(page, t, tess.login, GOOD);
    await expectHeading(page, t.codeTitle);
  });

  test('B07: an expired link says so and offers a fresh one', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    const link = await resetLink(page, { portal, mailbox, t }, tess.login);
    await portal.advance(30 * 60 + 1);
    await visit(page, link);
    await expectHeading(page, t.linkExpired);
    const before = await mailbox.mark();
    await press(page, t.freshLink);
    await expectNews(page, t.freshSent);
    await visit(page, await mailbox.link(tess.login, 'reset', before));
    await expectHeading(page, t.resetTitle);
  });

  test('B08: rules are said live and enforced; both fields must agree', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, await resetLink(page, { portal, mailbox, t }, tess.login));
    await press(page, t.continue);
    await expectHeading(page, t.newTitle);
    const [fresh, repeat] = [page.getByLabel(t.newPassword, { exact: true }), page.getByLabel(t.repeat, { exact: true })];
    await expect(fresh).toHaveAttribute('autocomplete', 'new-password');
    await expect(fresh).toHaveAccessibleDescription(t.rule);
    await fresh.fill('abcde');
    await expect(page.getByText(t.counted)).toBeVisible();
    await fresh.fill(GOOD);
    await expect(page.getByText(t.longEnough)).toBeVisible();
    const show = page.getByRole('button', { name: new RegExp(`^${t.show}`) }).first();
    await show.click();
    await expect(fresh).toHaveAttribute('type', 'text');
    for (const [password, why] of [
      ['short7!', t.tooShort],
      ['Passwort123', t.common],
      ['password1', t.common],
      ['tess.tollmann', t.personal],
      ['Kundenportal1', t.personal],
      ['aaaaaaaaaaaa', t.guessable],
    ] as const) {
      await setPassword(page, t, password);
      // The answer to this one: two in a row may be refused for the same reason.
      await expect(fresh).toHaveValue('');
      await expectRefused(fresh, why);
    }
    await setPassword(page, t, GOOD, `${GOOD}.`);
    await expectRefused(repeat, t.differs);
    await expectHeading(page, t.newTitle);
    await setPassword(page, t, 'ein Satz mit Umlauten: grün, schön ☂');
    await expectNews(page, t.passwordSet);
    await givePassword(page, t, tess.login, 'ein Satz mit Umlauten: grün, schön ☂');
    await expectHeading(page, t.codeTitle);
  });

  test('a new password ends every session and is told to the owner', async ({ page, portal, mailbox, t, visitor }) => {
    const tess = await portal.person('tess.totp');
    const there = await visitor();
    await signInTotp(there, { portal, mailbox, t }, tess);
    const link = await resetLink(page, { portal, mailbox, t }, tess.login);
    const before = await mailbox.mark();
    await visit(page, link);
    await press(page, t.continue);
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
    await there.goto('/customers/overview');
    await expect(there).toHaveURL(/\/customers\/sign-in$/);
    await mailbox.link(tess.login, 'not-me', before);
  });

  test('a sign-in that was under way with the old password is over', async ({ page, portal, mailbox, t, visitor }) => {
    const tess = await portal.person('tess.totp');
    const there = await visitor();
    await visit(there, '/customers/sign-in');
    await givePassword(there, t, tess.login, tess.password ?? '');
    await expectHeading(there, t.codeTitle);
    await visit(page, await resetLink(page, { portal, mailbox, t }, tess.login));
    await press(page, t.continue);
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
    await giveCode(there, t, await portal.totp(tess.totp_secret ?? ''));
    await expectProblem(there, t.startAgain);
  });

  test('a restart between the link and the new password does no harm', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, await resetLink(page, { portal, mailbox, t }, tess.login));
    await press(page, t.continue);
    await expectHeading(page, t.newTitle);
    await loaded(page);
    await portal.restart();
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
  });

  test('C12 E15: every realm that has a password resets it; the second factor stays', async ({ page, portal, mailbox, t }) => {
    for (const [realm, login, address] of [
      ['dealers', 'lenz01', 'maria@autohaus-lenz.example'],
      ['cloud', 'sam.okafor@example.com', 'sam.okafor@example.com'],
    ] as const) {
      await visit(page, `/${realm}/sign-in`);
      await page.getByRole('link', { name: t.forgotPassword, exact: true }).click();
      await page.getByLabel(loginLabel(t, realm), { exact: true }).fill(login);
      const before = await mailbox.mark();
      await press(page, t.continue);
      await expectHeading(page, t.sentTitle);
      await visit(page, await mailbox.link(address, 'reset', before));
      await press(page, t.continue);
      await setPassword(page, t, GOOD);
      await expectNews(page, t.passwordSet);
      await givePassword(page, t, login, GOOD, realm);
      await expectHeading(page, realm === 'cloud' ? t.codeTitle : t.otpTitle);
    }
  });

  test('what is no address is refused, and stays to be mended', async ({ page, t }) => {
    await visit(page, '/customers/forgot');
    const login = page.getByLabel(t.login, { exact: true });
    await press(page, t.continue);
    await expectRefused(login, t.enterLogin);
    await login.fill('tess.totp@customers');
    await press(page, t.continue);
    await expectRefused(login, t.notAnAddress);
    await expect(login).toHaveValue('tess.totp@customers');
  });
});
