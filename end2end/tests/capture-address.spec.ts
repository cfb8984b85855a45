import { expectGoodPage } from '../fixtures/axe';
import { nameAddress, toCapture } from '../pages/capture';
import { expectHeading, expectNews, expectRefused, press, regenerate, visit } from '../pages/door';
import { expectSignedIn, giveCode, givePassword, signInEmail } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const OWN = 'paul@autohaus-lenz.example';
const CONTACT = 'office@autohaus-lenz.example';

test.describe('capture-address', () => {
  test('C01 C02 C03 C04 C06 C08 C09 C10 C11: the first sign-in asks for the address; its code signs in', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const paul = await portal.person('lenz02');
    await toCapture(page, world, paul);
    await expect(page.getByText(t.captureLead)).toBeVisible();
    await expect(page.getByText(t.captureAdvice)).toBeVisible();
    await expectGoodPage(page, lang);
    for (const label of [t.address, t.addressAgain]) {
      await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('autocomplete', 'email');
    }
    const before = await mailbox.mark();
    await nameAddress(page, t, OWN);
    await expectHeading(page, t.otpTitle);
    const mail = await mailbox.newest(OWN, before);
    expect(mail.text).toMatch(/15 (minutes|Minuten)/);
    expect(mail.text).toMatch(/\d{1,2}:\d{2}/);
    for (const button of [t.confirm, t.cancel, t.resend]) {
      await expect(page.getByRole('button', { name: button, exact: true })).toBeVisible();
    }
    await giveCode(page, t, mail.code!);
    await expectSignedIn(page, t);
    // C18: the partner's contact on record is told.
    await mailbox.link(CONTACT, 'not-me', before);
  });

  test('C07 C12: later sign-ins ask for the code, not for the address', async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const paul = await portal.person('lenz02');
    await toCapture(page, world, paul);
    const before = await mailbox.mark();
    await nameAddress(page, t, OWN);
    await expectHeading(page, t.otpTitle);
    await giveCode(page, t, await mailbox.code(OWN, before));
    await expectSignedIn(page, t);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await portal.advance(60);
    await signInEmail(page, world, paul, OWN);
  });

  test('C05: Cancel ends it without access', async ({ page, portal, mailbox, t }) => {
    await toCapture(page, { portal, mailbox, t }, await portal.person('lenz02'));
    await press(page, t.cancel);
    await expectHeading(page, t.signIn);
    await expect(page).toHaveURL(/\/dealers\/sign-in$/);
    await page.goto('/dealers/overview');
    await expect(page).toHaveURL(/\/dealers\/sign-in$/);
    await expect(page.getByLabel(t.password, { exact: true })).toBeVisible();
  });

  test('C06 C18: shared mailboxes are warned about, foreign domains are refused; what was typed stays', async ({ page, portal, mailbox, t }) => {
    await toCapture(page, { portal, mailbox, t }, await portal.person('lenz02'));
    const email = page.getByLabel(t.address, { exact: true });
    const again = page.getByLabel(t.addressAgain, { exact: true });
    await nameAddress(page, t, OWN, 'paula@autohaus-lenz.example');
    await expectRefused(again, t.addressesDiffer);
    await expect(email).toHaveValue(OWN);
    await nameAddress(page, t, OWN, '');
    await expectRefused(again, t.addressMissing);
    await nameAddress(page, t, 'paul@mail.example');
    await expectRefused(email, t.foreignAddress);
    await expect(again).toHaveValue('paul@mail.example');
    const before = await mailbox.mark();
    const shared = 'info@autohaus-lenz.example';
    await nameAddress(page, t, shared);
    await expectRefused(email, t.sharedMailbox);
    expect(await mailbox.all(shared)).toHaveLength(0);
    await press(page, t.useAnyway);
    await expectHeading(page, t.otpTitle);
    await mailbox.code(shared, before);
    // A warning that was seen for one address is not one for another.
    await press(page, t.cancel);
    await expectHeading(page, t.captureTitle);
    await nameAddress(page, t, 'sales@autohaus-lenz.example');
    await expectRefused(page.getByLabel(t.address, { exact: true }), t.sharedMailbox);
  });

  test('C10: a new code makes the old one void; wrong ones are counted over all of them', async ({ page, portal, mailbox, t }) => {
    await toCapture(page, { portal, mailbox, t }, await portal.person('lenz02'));
    const before = await mailbox.mark();
    await nameAddress(page, t, OWN);
    await expectHeading(page, t.otpTitle);
    const first = await mailbox.code(OWN, before);
    await portal.advance(60);
    await page.reload();
    const then = await mailbox.mark();
    await regenerate(page, t);
    const second = await mailbox.code(OWN, then);
    expect(second).not.toBe(first);
    await giveCode(page, t, first);
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongMailCode);
    await giveCode(page, t, second);
    await expectSignedIn(page, t);
  });

  test('C13 C17: the profile names the partner and changes the address: a code to the new one, a notice to the old', async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const old = 'maria@autohaus-lenz.example';
    const fresh = 'maria.lenz@autohaus-lenz.example';
    const maria = await portal.person('lenz01');
    await signInEmail(page, world, maria, old);
    await visit(page, '/dealers/profile');
    await expect(page.getByText('30417', { exact: true })).toBeVisible();
    await expect(page.getByText(t.forCodes, { exact: true })).toBeVisible();
    await page.getByRole('link', { name: t.changeAddress, exact: true }).click();
    await expectHeading(page, t.changeAddressTitle);
    const before = await mailbox.mark();
    await nameAddress(page, t, fresh);
    await expectHeading(page, t.otpTitle);
    await giveCode(page, t, await mailbox.code(fresh, before));
    await expectSignedIn(page, t);
    await mailbox.link(old, 'not-me', before);
    await mailbox.link(fresh, 'not-me', before);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await portal.advance(60);
    await signInEmail(page, world, maria, fresh);
  });

  test('without the script it works the same', async ({ visitor, portal, mailbox, t }) => {
    const page = await visitor({ javaScriptEnabled: false });
    const paul = await portal.person('lenz02');
    await page.goto('/dealers/sign-in');
    await givePassword(page, t, paul.login, paul.password ?? '', 'dealers');
    await expectHeading(page, t.captureTitle);
    await nameAddress(page, t, 'info@autohaus-lenz.example');
    await expectRefused(page.getByLabel(t.address, { exact: true }), t.sharedMailbox);
    const before = await mailbox.mark();
    await nameAddress(page, t, OWN, OWN, t.useAnyway);
    await expectHeading(page, t.otpTitle);
    await giveCode(page, t, await mailbox.code(OWN, before));
    await expectSignedIn(page, t);
  });
});
