import { expectGoodPage } from '../fixtures/axe';
import { ask, openRequest, signInLine, toFirstChoice } from '../pages/approval';
import { serve } from '../pages/cases';
import { expectHeading, expectNews, expectRefused, press } from '../pages/door';
import { expectSignedIn } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const MOBILE = '+491713920077';

test.describe('enroll-line', () => {
  test('D08 D09 D10 D11 D13: the profile has its tabs, says what is in use and what is to change', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInLine(page, world, 'tlang');
    await page.goto('/agents/profile');
    const tabs = page.getByRole('navigation', { name: t.profileTabs });
    await expect(tabs.getByRole('link')).toHaveText([t.tabInfo, t.tabFactor, t.tabPassword]);
    await expectGoodPage(page, lang);
    await tabs.getByRole('link', { name: t.tabFactor, exact: true }).click();
    await expect(page).toHaveURL(/\/profile\/second-factor$/);
    await expect(page.getByText(t.currentMethod, { exact: true })).toBeVisible();
    for (const name of [t.twoFactorMethod, t.pendingChanges]) {
      await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    }
    // Whose codes come by call learns that nobody but the desk switches, approved or not.
    await expect(page.getByText(t.onlyDesk, { exact: true })).toBeVisible();
    await expect(page.getByText('+49 89 99998009')).toBeVisible();
    await expect(page.getByText(t.onlyAfterApproval)).toBeVisible();
    await expect(page.getByText(t.nothingPending)).toBeVisible();
    await expectGoodPage(page, lang);
    // Each tab has an address of its own.
    await page.goto('/agents/profile/password');
    await expect(page.getByRole('link', { name: t.changePassword, exact: true })).toBeVisible();
    await expectGoodPage(page, lang);
    await page.goto('/agents/profile/second-factor');
    await page.getByRole('link', { name: t.askSms, exact: true }).click();
    await expectHeading(page, t.askSms);
    await expect(page.getByText(t.onlyDeskThen)).toBeVisible();
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    await page.goto('/agents/profile/second-factor');
    await expect(page.getByText(t.waitsForManager).first()).toBeVisible();
    await expect(page.getByText('Renate Vogt')).toBeVisible();
    await expect(page.getByText(t.takesEffect, { exact: true })).toBeVisible();
    await expectGoodPage(page, lang);
    // Taken back right there.
    await page.locator('summary').filter({ hasText: t.takeBack }).click();
    await page.getByRole('button', { name: t.takeBack, exact: true }).click();
    await expectNews(page, t.takenBack);
    await expect(page).toHaveURL(/\/profile\/second-factor/);
    await expect(page.getByText(t.nothingPending)).toBeVisible();
    await expectGoodPage(page, lang);
  });

  test('D07: another number proves itself by a code, and the old one is told', { tag: ['@german', '@nodes'] }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const miriam = await signInLine(page, world, 'mberg');
    // The sign-in was a while ago: who changes it proves themselves anew.
    await portal.advance(301);
    await page.goto('/agents/profile/second-factor');
    const again = await mailbox.mark();
    await page.getByRole('link', { name: t.changeNumber, exact: true }).click();
    await expectHeading(page, t.codeTitle);
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(await mailbox.code(miriam.number!, again));
    await press(page, t.confirm);
    await expectHeading(page, t.moveNumber);
    await expectGoodPage(page, lang);
    const other = page.getByRole('radio', { name: t.anotherNumber });
    const field = page.getByLabel(t.phoneNumber, { exact: true });
    await other.check();
    await field.fill('0171 3920012');
    await press(page, t.sendLineCode);
    await expectRefused(field, t.numberKnown);
    await expectGoodPage(page, lang);
    const before = await mailbox.mark();
    await field.fill('0171 3920077');
    await press(page, t.sendLineCode);
    await expectHeading(page, t.codeTitle);
    await expect(page.getByText('+49 171 3920077')).toBeVisible();
    // Sent again it is the same code, and the page says so.
    const code = await mailbox.code(MOBILE, before);
    await portal.advance(31);
    await page.reload();
    const later = await mailbox.mark();
    await press(page, t.sendAgain);
    await expectNews(page, t.codeAgain);
    expect(await mailbox.code(MOBILE, later)).toBe(code);
    await expectGoodPage(page, lang);
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(code);
    await press(page, t.confirm);
    await expectSignedIn(page, t);
    const left = await mailbox.newest(miriam.number!, before);
    expect(left.channel).toBe('sms');
    expect(left.code ?? '').toBe('');
    await mailbox.link('miriam.berg@agents.example', 'not-me', before);
    // The next code goes to the new number.
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await signInLine(page, world, 'mberg', MOBILE);
  });

  test('D10: a number that waits for its code stands among what is to change, and is dropped there', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInLine(page, world, 'mberg');
    await page.goto('/agents/add/sms');
    await page.getByRole('radio', { name: t.anotherNumber }).check();
    await page.getByLabel(t.phoneNumber, { exact: true }).fill('0171 3920077');
    await press(page, t.sendLineCode);
    await expectHeading(page, t.codeTitle);
    await page.goto('/agents/profile/second-factor');
    await expect(page.getByText(t.waitsForCode, { exact: true })).toBeVisible();
    await expect(page.getByText('+49 171 3920077')).toBeVisible();
    await expect(page.getByText(t.onceTyped)).toBeVisible();
    await expectGoodPage(page, lang);
    await page.getByRole('link', { name: t.enterTheCode, exact: true }).click();
    await expectHeading(page, t.codeTitle);
    await page.goto('/agents/profile/second-factor');
    await page.locator('summary').filter({ hasText: t.cancelChange }).click();
    await page.getByRole('button', { name: t.cancelChange, exact: true }).click();
    await expectNews(page, t.changeCancelled);
    await expect(page.getByText(t.nothingPending)).toBeVisible();
    await expectGoodPage(page, lang);
  });

  test('D13: the service desk alone switches; without a caller who was verified it does not', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInLine(page, world, 'mberg');
    await page.goto('/agents/profile/second-factor');
    await expect(page.getByText(t.onlyDesk)).toBeVisible();
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await desk.goto('/desk/people?q=mberg');
    await desk.getByRole('main').getByRole('link').filter({ hasText: 'Berg' }).first().click();
    await expectHeading(desk, 'Miriam Berg');
    await expect(desk.getByText(t.switchToVoice)).toHaveCount(0);
    const before = await mailbox.mark();
    await press(desk, t.callBack);
    const call = await mailbox.newest('+491713920012', before);
    await desk.getByLabel(t.toldDigits, { exact: true }).fill(call.code!);
    await press(desk, t.checkDigits);
    await expect(desk.getByText(t.confirmedCaller)).toBeVisible();
    await desk.locator('summary').filter({ hasText: t.switchToVoice }).click();
    await expectGoodPage(desk, lang);
    await desk.getByRole('button', { name: new RegExp(`^${t.switchToVoice}`) }).click();
    // One proof, so a second one of the desk agrees.
    await expectNews(desk, t.secondAsked);
    await expectGoodPage(desk, lang);
    // Miriam sees it meanwhile.
    await page.goto('/agents/profile/second-factor');
    await expect(page.getByText(t.waitsForSecond, { exact: true })).toBeVisible();
    await expect(page.getByText(t.onceAgreed)).toBeVisible();
    await expectGoodPage(page, lang);
    // She drops it, and the desk asks anew: it was a slip.
    await page.locator('summary').filter({ hasText: t.cancelChange }).click();
    await page.getByRole('button', { name: t.cancelChange, exact: true }).click();
    await expectNews(page, t.switchDropped);
    await expect(page.getByText(t.nothingPending)).toBeVisible();
    await desk.goto(desk.url().split('?')[0]!);
    await desk.locator('summary').filter({ hasText: t.switchToVoice }).click();
    await desk.getByRole('button', { name: new RegExp(`^${t.switchToVoice}`) }).click();
    await expectNews(desk, t.secondAsked);
    const lead = await visitor();
    await serve(lead, world, 'Q200003');
    await lead.goto(desk.url().split('?')[0]!);
    await lead.getByRole('button', { name: t.agreeAct }).click();
    await expectNews(lead, t.lineSwitched);
    await page.goto('/agents/sign-in');
    const later = await mailbox.mark();
    await signInLine(page, world, 'mberg');
    const spoken = await mailbox.newest('+491713920012', later);
    expect(spoken.channel).toBe('voice');
  });

  test('D06: the first number is the one on record, and a call proves it', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await page.getByRole('radio', { name: t.voiceChoice }).check();
    await press(page, t.continue);
    await expectHeading(page, t.setNumber);
    await expect(page.getByText('••••• 11')).toBeVisible();
    await expectGoodPage(page, lang);
    const before = await mailbox.mark();
    await press(page, t.callNow);
    await expectHeading(page, t.codeTitle);
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(await mailbox.code('+498999998011', before));
    await press(page, t.confirm);
    await expectSignedIn(page, t);
  });

  test('D17: an SMS that does not arrive says why, and what to do', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInLine(page, world, 'mberg');
    await page.goto('/agents/add/sms');
    await page.getByRole('radio', { name: t.anotherNumber }).check();
    // A telephone of the demo that is switched off.
    await page.getByLabel(t.phoneNumber, { exact: true }).fill('0171 3920099');
    await press(page, t.sendLineCode);
    await expectHeading(page, t.codeTitle);
    await expect(page.getByRole('status').filter({ hasText: t.phoneIsOff })).toBeVisible();
    await expectGoodPage(page, lang);
  });

  test('D13: after the approval the service desk releases the switch, and the person proves the number', { tag: '@nodes' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    test.slow();
    const world = { portal, mailbox, t };
    await signInLine(page, world, 'tlang');
    await page.goto('/agents/request/sms');
    const before = await mailbox.mark();
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await desk.goto('/desk/people?q=tlang');
    await desk.getByRole('main').getByRole('link').filter({ hasText: 'Lang' }).first().click();
    await expectHeading(desk, 'Tobias Lang');
    // The desk sees where the request stands, and not the whole number.
    const asked = desk.locator('section').filter({ has: desk.getByRole('heading', { name: t.requestsToManager, exact: true }) });
    await expect(asked.getByText(t.waitsForManager)).toBeVisible();
    await expect(asked.getByText('••••• 77')).toBeVisible();
    await expect(desk.locator('body')).not.toContainText('3920077');
    await expectGoodPage(desk, lang);
    const boss = await visitor();
    await openRequest(boss, world, before);
    await press(boss, t.approveRequest);
    await expectNews(boss, t.requestApproved);
    // Approved is not switched.
    await page.goto('/agents/profile/second-factor');
    await expect(page.getByText(t.forDesk, { exact: true })).toBeVisible();
    await expect(page.getByText(t.onceSwitched)).toBeVisible();
    await expectGoodPage(page, lang);
    const calls = await mailbox.mark();
    await press(desk, t.callBack);
    const call = await mailbox.newest('+498999998009', calls);
    await desk.getByLabel(t.toldDigits, { exact: true }).fill(call.code!);
    await press(desk, t.checkDigits);
    await expect(desk.getByText(t.confirmedCaller)).toBeVisible();
    await desk.locator('summary').filter({ hasText: t.switchToSms }).click();
    await desk.getByRole('button', { name: new RegExp(`^${t.switchToSms}`) }).click();
    await expectNews(desk, t.secondAsked);
    const lead = await visitor();
    await serve(lead, world, 'Q200003');
    await lead.goto(desk.url().split('?')[0]!);
    await lead.getByRole('button', { name: t.agreeAct }).click();
    await expectNews(lead, t.lineReleased);
    // His page moves by itself.
    await expect(page.getByText(t.approvedNow, { exact: true })).toBeVisible();
    await page.getByRole('link', { name: t.setUpNow, exact: true }).first().click();
    await expect(page.getByRole('radio', { name: t.smsChoice })).toBeChecked();
    await press(page, t.continue);
    await expect(page.getByText('+49 171 3920077')).toBeVisible();
    const sent = await mailbox.mark();
    await press(page, t.sendLineCode);
    await expectHeading(page, t.codeTitle);
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(await mailbox.code(MOBILE, sent));
    await press(page, t.confirm);
    await expectSignedIn(page, t);
    await page.goto('/agents/profile/second-factor');
    await expect(page.getByText('+49 171 3920077')).toBeVisible();
    await expect(page.getByText(t.nothingPending)).toBeVisible();
    await expectGoodPage(page, lang);
  });

  test('D13: the desk does not switch to SMS without the approval', async ({ visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await desk.goto('/desk/people?q=tlang');
    await desk.getByRole('main').getByRole('link').filter({ hasText: 'Lang' }).first().click();
    await expectHeading(desk, 'Tobias Lang');
    const calls = await mailbox.mark();
    await press(desk, t.callBack);
    const call = await mailbox.newest('+498999998009', calls);
    await desk.getByLabel(t.toldDigits, { exact: true }).fill(call.code!);
    await press(desk, t.checkDigits);
    await expect(desk.getByText(t.confirmedCaller)).toBeVisible();
    await expect(desk.getByText(t.switchToSms)).toHaveCount(0);
    await expectGoodPage(desk, lang);
  });
});
