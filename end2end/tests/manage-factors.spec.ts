import { card } from '../pages/enroll';
import { expectHeading, expectNews, expectProblem, expectRefused, press, visit } from '../pages/door';
import { expectSignedIn, giveCode, givePassword, signInPasskey, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('manage-factors', () => {
  test('the overview says of each way what it is and how it stands', async ({ page, portal, mailbox, t }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('max.multi'));
    for (const kind of [t.password, t.totpChoice, t.emailFactor, t.passkeyFactor]) {
      const one = card(page, kind);
      await expect(one).toContainText(t.ready);
      for (const fact of [t.added, t.lastUsed, t.lastTested]) await expect(one.getByText(fact, { exact: true })).toBeVisible();
      await expect(one.getByText(t.never, { exact: true }).first()).toBeVisible();
    }
    await expect(card(page, t.emailFactor)).toContainText('m•••••@customers.example');
    await expect(card(page, t.passkeyFactor)).toContainText('Demo passkey');
    await expect(card(page, t.codesList)).toContainText(t.codesLeft(10));
  });

  test('testing a way changes nothing but "last tested"', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    const lastTested = card(page, t.totpChoice).locator('dt', { hasText: t.lastTested }).locator('+ dd');
    await expect(lastTested).toHaveText(t.never);
    await card(page, t.totpChoice).getByRole('button', { name: new RegExp(`^${t.test}`) }).click();
    await expectHeading(page, t.codeTitle);
    await expect(page.getByText(t.testLead)).toBeVisible();
    const right = await portal.nextTotp(tess.totp_secret ?? '');
    await giveCode(page, t, right === '000000' ? '111111' : '000000');
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongTotp);
    await giveCode(page, t, right);
    await expectNews(page, t.factorWorks(t.totpChoice));
    await expect(lastTested).not.toHaveText(t.never);
  });

  test('a passkey is tested as it is used', async ({ page, portal, mailbox, t, plugIn }) => {
    const pia = await portal.person('pia.key');
    const key = await plugIn(page);
    await key.hold(pia);
    await signInPasskey(page, { portal, mailbox, t }, key, pia);
    await card(page, t.passkeyFactor).getByRole('button', { name: new RegExp(`^${t.test}`) }).click();
    await expectHeading(page, t.passkeyTitle);
    await key.approve(async () => {
      await press(page, t.usePasskey);
      await expectNews(page, t.factorWorks(t.passkeyFactor));
    });
  });

  test('renaming', async ({ page, portal, mailbox, t }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    await card(page, t.totpChoice).getByRole('link', { name: new RegExp(`^${t.modify}`) }).click();
    await expect(page.getByRole('heading', { level: 2, name: t.rename })).toBeVisible();
    const name = page.getByLabel(t.name, { exact: true });
    await name.fill('x'.repeat(65));
    await press(page, t.save);
    await expectRefused(name, t.nameTooLong);
    await name.fill('Blue phone <b>');
    await press(page, t.save);
    await expectNews(page, t.renamed);
    await expect(card(page, t.totpChoice)).toContainText('Blue phone <b>');
  });

  test('removing one of several; it signs in no more, and everybody is told', async ({ page, portal, mailbox, t, visitor, plugIn }) => {
    const max = await portal.person('max.multi');
    const there = await visitor();
    await signInTotp(there, { portal, mailbox, t }, max);
    // With the strongest that he holds: a weaker one would be asked for more.
    const key = await plugIn(page);
    await key.hold(max);
    await signInPasskey(page, { portal, mailbox, t }, key, max);
    const before = await mailbox.mark();
    const totp = card(page, t.totpChoice);
    await totp.locator('summary').click();
    await totp.getByRole('button', { name: t.removeTotp, exact: true }).click();
    await expectNews(page, t.factorRemoved(t.totpChoice));
    await expect(card(page, t.totpChoice)).toHaveCount(0);
    await mailbox.link(max.login, 'not-me', before);
    // Other sessions are over.
    await there.goto('/customers/overview');
    await expect(there).toHaveURL(/\/customers\/sign-in$/);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await givePassword(page, t, max.login, max.password ?? '');
    await expectHeading(page, t.passkeyTitle);
    await press(page, t.anotherWay);
    await expect(page.getByRole('button', { name: t.wayEmail, exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: t.wayTotp, exact: true })).toHaveCount(0);
  });

  test('the last way in cannot be removed by accident', async ({ page, portal, mailbox, t }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    const button = card(page, t.totpChoice).getByRole('button', { name: t.remove, exact: true });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription(t.lastWayIn);
    // Nor by a call that the page does not make.
    const link = await card(page, t.totpChoice).getByRole('link', { name: new RegExp(`^${t.modify}`) }).getAttribute('href');
    const id = link!.split('/').at(-1)!;
    const answer = await page.request.post('/api/manage-factors/remove', {
      form: { realm: 'customers', id },
      headers: { 'sec-fetch-site': 'same-origin', accept: 'application/json' },
    });
    expect(await answer.text()).toContain('last_way_in');
    await page.reload();
    await expect(card(page, t.totpChoice)).toBeVisible();
  });

  test('a removed passkey is told so at sign-in', async ({ page, portal, mailbox, t, plugIn }) => {
    const max = await portal.person('max.multi');
    const key = await plugIn(page);
    await key.hold(max);
    await signInPasskey(page, { portal, mailbox, t }, key, max);
    const one = card(page, t.passkeyFactor);
    await one.locator('summary').click();
    await one.getByRole('button', { name: t.removePasskey, exact: true }).click();
    await expectNews(page, t.factorRemoved(t.passkeyFactor));
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await key.approve(async () => {
      await press(page, t.withPasskey);
      await expectProblem(page, t.passkeyUnknown);
    });
  });

  test('changes need a fresh proof, and an old one is asked for again', async ({ page, portal, mailbox, t }) => {
    const max = await portal.person('max.multi');
    await signInTotp(page, { portal, mailbox, t }, max);
    await portal.advance(6 * 60);
    const email = card(page, t.emailFactor);
    await email.locator('summary').click();
    await email.getByRole('button', { name: t.removeEmail, exact: true }).click();
    // Max holds a passkey: nothing weaker will do.
    await expectHeading(page, t.passkeyTitle);
    await expect(page.getByText(t.confirmLead)).toBeVisible();
    await press(page, t.cancel);
    await expectSignedIn(page, t);
    await expect(card(page, t.emailFactor)).toBeVisible();
  });

  test("another person's factor is not there", async ({ page, portal, mailbox, t, visitor, guard }) => {
    guard.expect(/404/);
    await signInTotp(page, { portal, mailbox, t }, await portal.person('max.multi'));
    const link = await card(page, t.totpChoice).getByRole('link', { name: new RegExp(`^${t.modify}`) }).getAttribute('href');
    const other = await visitor();
    await signInTotp(other, { portal, mailbox, t }, await portal.person('tess.totp'));
    const answer = await other.goto(link!);
    expect(answer?.status()).toBe(404);
    const posted = await other.request.post('/api/manage-factors/remove', {
      form: { realm: 'customers', id: link!.split('/').at(-1)! },
      headers: { 'sec-fetch-site': 'same-origin', accept: 'application/json' },
    });
    expect(posted.status()).toBe(404);
    await page.reload();
    await expect(card(page, t.totpChoice)).toBeVisible();
    await visit(page, '/customers/overview');
  });
});
