import { card, choose, enrollTotp, proveTotp, skipRecoveryCodes, toChoice, totpKey } from '../pages/enroll';
import { expectHeading, expectNews, expectRefused, press } from '../pages/door';
import { expectSignedIn, giveCode, givePassword, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('enroll-totp', () => {
  test('B13: QR code, key and link say the same; the first code confirms; the next sign-in asks for one', async ({ page, portal, mailbox, t, lang }) => {
    const nora = await portal.person('nora.new');
    await toChoice(page, { portal, mailbox, t }, nora);
    await choose(page, t, t.totpChoice);
    await expectHeading(page, t.totpTitle);
    await expect(page.getByRole('img', { name: t.qr })).toBeVisible();
    const uri = new URL((await page.getByRole('link', { name: t.totpOpen }).getAttribute('href')) ?? '');
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.searchParams.get('issuer')).toMatch(/^Rekey /);
    expect(decodeURIComponent(uri.pathname)).toContain(nora.login);
    const key = await totpKey(page, t);
    expect(key).toMatch(/^[A-Z2-7]{32}$/);
    await page.getByText(t.cannotScan, { exact: true }).click();
    await expect(page.getByText(key.match(/.{4}/g)!.join(' '), { exact: true })).toBeVisible();

    const before = await mailbox.mark();
    expect(await enrollTotp(page, { portal, mailbox, t }, 'Fairphone')).toBe(key);
    await skipRecoveryCodes(page, t);
    await expect(card(page, t.totpChoice)).toContainText('Fairphone');
    // Told by mail, in the reader's language, with a way to stop it.
    const notice = await mailbox.newest(nora.login, before);
    expect(notice.link).toContain('/not-me/');
    expect(notice.text).toContain('Fairphone');

    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await givePassword(page, t, nora.login, nora.password ?? '');
    await expectHeading(page, t.codeTitle);
    await giveCode(page, t, await portal.nextTotp(key));
    await expectSignedIn(page, t);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  });

  test('a wrong first code changes nothing, and the key and the name stay', async ({ page, portal, mailbox, t }) => {
    await toChoice(page, { portal, mailbox, t }, await portal.person('nora.new'));
    await choose(page, t, t.totpChoice);
    await expectHeading(page, t.totpTitle);
    const key = await totpKey(page, t);
    const right = await portal.totp(key);
    await page.getByLabel(t.deviceName, { exact: true }).fill('Old phone');
    await page.getByLabel(t.securityCode, { exact: true }).fill(right === '000000' ? '111111' : '000000');
    await press(page, t.continue);
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongTotp);
    await expect(page.getByLabel(t.deviceName, { exact: true })).toHaveValue('Old phone');
    expect(await totpKey(page, t)).toBe(key);
    await page.reload();
    expect(await totpKey(page, t)).toBe(key);
    await enrollTotp(page, { portal, mailbox, t });
    await expectHeading(page, t.codesOffer);
  });

  test('B13 E01: on a phone the button that opens the app comes first', async ({ visitor, page, portal, mailbox, t }) => {
    const phone = await visitor({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    for (const device of [phone, page]) {
      await toChoice(device, { portal, mailbox, t }, await portal.person('nora.new'));
      await choose(device, t, t.totpChoice);
      await expectHeading(device, t.totpTitle);
      const open = device.getByRole('link', { name: t.totpOpen, exact: true });
      await expect(open).toHaveCount(1);
      await expect(open).toHaveAttribute('href', /^otpauth:\/\/totp\//);
      const [link, code] = [await open.boundingBox(), await device.getByRole('img', { name: t.qr }).boundingBox()];
      expect(link!.y < code!.y, device === phone ? 'before the QR code' : 'after it').toBe(device === phone);
    }
  });

  test('the code that set it up does not sign in as well', async ({ page, portal, mailbox, t, visitor }) => {
    const nora = await portal.person('nora.new');
    await toChoice(page, { portal, mailbox, t }, nora);
    await choose(page, t, t.totpChoice);
    await expectHeading(page, t.totpTitle);
    // This very code: half a minute later the app shows another one.
    const code = await portal.totp(await totpKey(page, t));
    await proveTotp(page, t, code);
    await expectHeading(page, t.codesOffer);
    const other = await visitor();
    await other.goto('/customers/sign-in');
    await givePassword(other, t, nora.login, nora.password ?? '');
    await expectHeading(other, t.codeTitle);
    await giveCode(other, t, code);
    await expectRefused(other.getByLabel(t.securityCode, { exact: true }), t.usedTotp);
  });

  test('a second app is added from the overview and signs in too', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await page.getByRole('link', { name: t.addTitle, exact: true }).click();
    await choose(page, t, t.totpChoice);
    const key = await enrollTotp(page, { portal, mailbox, t }, 'Tablet');
    await expectNews(page, t.factorAdded(t.totpChoice));
    await expect(card(page, t.totpChoice)).toHaveCount(2);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    await giveCode(page, t, await portal.nextTotp(key));
    await expectSignedIn(page, t);
  });
});
