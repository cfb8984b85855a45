import { expectGoodPage } from '../fixtures/axe';
import { openRequest, ask, toLineCode } from '../pages/approval';
import { serve } from '../pages/cases';
import { expectHeading, expectNews, expectRefused, press, type World } from '../pages/door';
import { expectSignedIn, givePassword } from '../pages/sign-in';
import { expect, test, type Page } from '../fixtures/test';

const LANDLINE = '+498999998009';
const MOBILE = '+491713920077';
const MAIL = 'tobias.lang@agents.example';

/** Tobias called the desk; one proof and a second agent, and the link is mailed after the wait. */
async function mailedLink(desk: Page, visitor: () => Promise<Page>, world: World, lang: 'en' | 'de'): Promise<string> {
  const { portal, mailbox, t } = world;
  await serve(desk, world, 'Q200001');
  await desk.goto('/desk/people?q=tlang');
  await desk.getByRole('main').getByRole('link').filter({ hasText: 'Lang' }).first().click();
  await expectHeading(desk, 'Tobias Lang');
  await expect(desk.getByText(t.enrollAnew, { exact: true })).toHaveCount(0);
  const before = await mailbox.mark();
  await press(desk, t.callBack);
  const call = await mailbox.newest(LANDLINE, before);
  await desk.getByLabel(t.toldDigits, { exact: true }).fill(call.code!);
  await press(desk, t.checkDigits);
  await expect(desk.getByText(t.confirmedCaller)).toBeVisible();
  await expect(desk.getByText(t.anewLine)).toBeVisible();
  await desk.locator('summary').filter({ hasText: t.enrollAnew }).click();
  await expectGoodPage(desk, lang);
  await desk.getByRole('button', { name: t.enrollAnew, exact: true }).click();
  await expectNews(desk, t.secondAsked);
  const lead = await visitor();
  await serve(lead, world, 'Q200003');
  await lead.goto(desk.url().split('?')[0]!);
  const agreed = await mailbox.mark();
  await lead.getByRole('button', { name: t.agreeAct }).click();
  await expectNews(lead, t.enrollAnewDone);
  // Told at once, with a way to stop it; the link comes later.
  await mailbox.link(MAIL, 'not-me', agreed);
  await portal.advance(3600 + 60);
  return mailbox.link(MAIL, 'enroll', agreed);
}

/** The link and the password: the first choice is there once more. */
async function toChoice(page: Page, { portal, t }: World, link: string, lang: 'en' | 'de'): Promise<void> {
  const tobias = await portal.person('tlang');
  await page.goto(link);
  await expectHeading(page, t.anotherByLink);
  await expectGoodPage(page, lang);
  await press(page, t.continue);
  await expect(page).toHaveURL(/\/agents\/sign-in/);
  await expectNews(page, t.passwordFirst);
  await expectGoodPage(page, lang);
  await givePassword(page, t, tobias.login, tobias.password ?? '', 'agents');
  await expectHeading(page, t.chooseTitle);
  await expectGoodPage(page, lang);
}

test.describe('lost-line', () => {
  test('D17: a lost telephone: the desk has a link mailed, and with the password another number is set up', { tag: ['@german', '@nodes'] }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    test.slow();
    const world = { portal, mailbox, t };
    const link = await mailedLink(await visitor(), visitor, world, lang);
    await toChoice(page, world, link, lang);
    await page.getByRole('radio', { name: t.voiceChoice }).check();
    await press(page, t.continue);
    await expectHeading(page, t.moveNumber);
    await expect(page.getByText('••••• 09')).toBeVisible();
    const field = page.getByLabel(t.phoneNumber, { exact: true });
    await field.fill('089 99998009');
    await press(page, t.callNow);
    await expectRefused(field, t.numberKnown);
    await expectGoodPage(page, lang);
    const before = await mailbox.mark();
    await field.fill('0171 3920077');
    await press(page, t.callNow);
    await expectHeading(page, t.codeTitle);
    await expectGoodPage(page, lang);
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(await mailbox.code(MOBILE, before));
    await press(page, t.confirm);
    await expectSignedIn(page, t);
    // The old telephone hears of it, and so does the mailbox.
    const left = await mailbox.newest(LANDLINE, before);
    expect(left.code ?? '').toBe('');
    await mailbox.link(MAIL, 'not-me', before);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await toLineCode(page, world, await portal.person('tlang'), MOBILE);
    await expectSignedIn(page, t);
    // Once.
    const again = await visitor();
    await again.goto(link);
    await expectHeading(again, t.linkUsed);
    await expectGoodPage(again, lang);
  });

  test('D17: codes by SMS take the manager there too', async ({ page, visitor, portal, mailbox, t, lang }) => {
    test.slow();
    const world = { portal, mailbox, t };
    const link = await mailedLink(await visitor(), visitor, world, lang);
    await toChoice(page, world, link, lang);
    await page.getByRole('radio', { name: t.smsChoice }).check();
    await press(page, t.continue);
    await expectHeading(page, t.askSms);
    const before = await mailbox.mark();
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    // Nobody but the manager is waited for.
    await expect(page.getByText(t.onlyDeskThen)).toHaveCount(0);
    await expectGoodPage(page, lang);
    const boss = await visitor();
    await openRequest(boss, world, before);
    await press(boss, t.approveRequest);
    await expectNews(boss, t.requestApproved);
    await page.goto('/agents/sign-in');
    await page.getByRole('radio', { name: t.smsChoice }).check();
    await press(page, t.continue);
    await expect(page.getByText('+49 171 3920077')).toBeVisible();
    const sent = await mailbox.mark();
    await press(page, t.sendLineCode);
    await expectHeading(page, t.codeTitle);
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(await mailbox.code(MOBILE, sent));
    await press(page, t.confirm);
    await expectSignedIn(page, t);
  });
});
