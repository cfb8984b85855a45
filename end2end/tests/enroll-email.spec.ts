import { card, choose, skipRecoveryCodes, toChoice } from '../pages/enroll';
import { expectHeading, expectNews, expectRefused, press, regenerate } from '../pages/door';
import { expectSignedIn, giveCode, givePassword, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('enroll-email', () => {
  test('B14: a code proves the mailbox; from then on every sign-in sends one', async ({ page, portal, mailbox, t }) => {
    const nora = await portal.person('nora.new');
    await toChoice(page, { portal, mailbox, t }, nora);
    const before = await mailbox.mark();
    await choose(page, t, t.emailChoice);
    await expectHeading(page, t.emailTitle);
    await expect(page.getByText(t.sentTo)).toContainText('n•••••@customers.example');
    const code = await mailbox.code(nora.login, before);
    await giveCode(page, t, code === '12345678' ? '87654321' : '12345678');
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongMailCode);
    await giveCode(page, t, code);
    await skipRecoveryCodes(page, t);
    await expect(card(page, t.emailFactor)).toBeVisible();

    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await portal.advance(60);
    const later = await mailbox.mark();
    await givePassword(page, t, nora.login, nora.password ?? '');
    await expectHeading(page, t.otpTitle);
    await giveCode(page, t, await mailbox.code(nora.login, later));
    await expectSignedIn(page, t);
  });

  test('a new code may be asked for while setting up', async ({ page, portal, mailbox, t }) => {
    const nora = await portal.person('nora.new');
    await toChoice(page, { portal, mailbox, t }, nora);
    await choose(page, t, t.emailChoice);
    await expectHeading(page, t.emailTitle);
    const old = await mailbox.code(nora.login);
    await portal.advance(31);
    await page.reload();
    const before = await mailbox.mark();
    await regenerate(page, t);
    await expectNews(page, t.codeSent);
    const fresh = await mailbox.code(nora.login, before);
    expect(fresh).not.toBe(old);
    await giveCode(page, t, fresh);
    await expectHeading(page, t.codesOffer);
  });

  test('it is added from the overview once, because there is one mailbox', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await page.getByRole('link', { name: t.addTitle, exact: true }).click();
    const before = await mailbox.mark();
    await choose(page, t, t.emailChoice);
    await expectHeading(page, t.emailTitle);
    await giveCode(page, t, await mailbox.code(tess.login, before));
    await expectNews(page, t.factorAdded(t.emailFactor));
    await expect(card(page, t.emailFactor)).toHaveCount(1);
    await page.getByRole('link', { name: t.addTitle, exact: true }).click();
    await expectHeading(page, t.addTitle);
    await expect(page.getByRole('radio', { name: t.emailChoice })).toHaveCount(0);
  });
});
