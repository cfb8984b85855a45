import { expectGoodPage } from '../fixtures/axe';
import { nameAddress } from '../pages/capture';
import { COOL_DOWN, approve, caseNumber, claim, openCase, serve, toCode } from '../pages/cases';
import { expectHeading, expectRefused, press } from '../pages/door';
import { expectSignedIn, giveCode, givePassword } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const OLD = 'maria@autohaus-lenz.example';
const NEW = 'm.lenz@autohaus-lenz.example';
const CONTACT = 'office@autohaus-lenz.example';

test.describe('wrong-address', () => {
  test('C14: full name, login ID and partner number become a case; after the wait the sign-in asks for the address again', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const maria = await portal.person('lenz01');
    await toCode(page, t, maria);
    await page.getByRole('link', { name: t.wrongAddress, exact: true }).click();
    await expectHeading(page, t.wrongAddress);
    await expect(page.getByLabel(t.fullName, { exact: true })).toHaveValue('Maria Lenz');
    await expect(page.getByLabel(t.caseLogin, { exact: true })).toHaveValue('lenz01');
    await expect(page.getByText(t.workDone)).toBeVisible({ timeout: 30_000 });
    await expectGoodPage(page, lang);
    await press(page, t.sendRequest);
    await expectRefused(page.getByLabel(t.partnerNumber, { exact: true }), t.missingPartner);
    await page.getByLabel(t.partnerNumber, { exact: true }).fill('30999');
    await page.getByRole('checkbox', { name: t.consent }).check();
    await expect(page.getByText(t.workDone)).toBeVisible({ timeout: 30_000 });
    const before = await mailbox.mark();
    await press(page, t.sendRequest);
    await expectHeading(page, t.caseState);
    // The old mailbox and the partner's contact are told.
    const number = caseNumber(await mailbox.newest(OLD, before, (m) => /ER-\d+/.test(m.subject)));
    await mailbox.newest(CONTACT, before, (m) => m.subject.includes(number));

    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await openCase(desk, number);
    const line = desk.getByRole('row').filter({ hasText: '30999' });
    await expect(line).toContainText('30417');
    await expect(line).toContainText(t.caseDiffers);
    await claim(desk, t);
    await approve(desk, t);

    // Before the wait is over the old mailbox still counts.
    await toCode(page, t, maria);
    await expectHeading(page, t.otpTitle);
    await portal.advance(COOL_DOWN + 60);
    await page.goto('/dealers/sign-in');
    await givePassword(page, t, maria.login, maria.password!, 'dealers');
    await expectHeading(page, t.captureTitle);
    const then = await mailbox.mark();
    await nameAddress(page, t, NEW);
    await expectHeading(page, t.otpTitle);
    await giveCode(page, t, await mailbox.code(NEW, then));
    await expectSignedIn(page, t);
    // The old mailbox hears of it, with the way back.
    const notice = await mailbox.newest(OLD, then, (m) => m.text.includes('/dealers/undo/'));
    expect(notice.text).toContain('/dealers/not-me/');
  });

  test('without the script the page says why it cannot be sent', async ({ visitor, portal, t }) => {
    const page = await visitor({ javaScriptEnabled: false });
    await toCode(page, t, await portal.person('lenz01'));
    await page.getByRole('link', { name: t.wrongAddress, exact: true }).click();
    await expectHeading(page, t.wrongAddress);
    await expect(page.getByText(t.workNeedsScript)).toBeVisible();
  });
});
