import { expectGoodPage } from '../fixtures/axe';
import { policies } from '../fixtures/policies';
import { openPerson, signInAda } from '../pages/admin';
import { ask, openRequest, signInLine, toFirstChoice } from '../pages/approval';
import { expectHeading, expectNews, expectRefused, press, visit } from '../pages/door';
import { expectSignedIn } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const MOBILE = '+491713920077';

test.describe('approval', () => {
  test('D02 D03 D04 D05 D12: codes by SMS are asked for, approved by the manager, and only then set up', { tag: ['@german', '@nodes'] }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await expectGoodPage(page, lang);
    // The card says what it takes before it is chosen.
    await expect(page.locator('.choices').getByText(t.onlyAfterApproval)).toBeVisible();
    await page.getByRole('radio', { name: t.smsChoice }).check();
    await press(page, t.continue);
    await expectHeading(page, t.askSms);
    await expectGoodPage(page, lang);

    // A landline shows no SMS, and a reason is asked for; what was typed stays.
    const before = await mailbox.mark();
    await ask(page, world, { number: '089 99998012', reason: 'On the road', ticket: 'SD-4711' });
    const number = page.getByLabel(t.phoneNumber, { exact: true });
    await expectRefused(number, t.noSmsThere);
    await expect(number).toHaveValue('089 99998012');
    await expect(page.getByLabel(t.ticket, { exact: true })).toHaveValue('SD-4711');
    await expectGoodPage(page, lang);
    await ask(page, world, { number: '0171 392 00 77', reason: ' ', ticket: 'SD-4711' });
    await expectRefused(page.getByLabel(t.whyCodes, { exact: true }), t.reasonNeeded);
    await ask(page, world, { number: '0171 392 00 77', reason: 'On the road', ticket: 'SD-4711' });
    await expectNews(page, t.managerAsked);
    await expect(page.getByText(t.waitsForManager).first()).toBeVisible();
    await expect(page.getByText('Renate Vogt')).toBeVisible();
    await expectGoodPage(page, lang);

    // The manager reads the mail, signs in, and sees what is at stake.
    const boss = await visitor();
    await openRequest(boss, world, before);
    await expect(boss.getByText('+49 171 3920077')).toBeVisible();
    await expect(boss.getByText('SD-4711')).toBeVisible();
    await expect(boss.getByText(t.recordOther)).toBeVisible();
    await expect(boss.getByText(t.riskTitle)).toBeVisible();
    await expectGoodPage(boss, lang);
    await press(boss, t.approveRequest);
    await expectNews(boss, t.requestApproved);
    await expectGoodPage(boss, lang);

    // Set up, with a code to just that number.
    const told = await mailbox.newest('katrin.wolf@agents.example', before, (mail) => /genehmigt|approved/.test(mail.subject));
    expect(told.text).not.toContain('3920077');
    // Katrin's page is open all the time, and moves by itself.
    await expect(page.getByText(t.approvedNow).first()).toBeVisible();
    await expect(page.getByText(t.onceSetUp)).toBeVisible();
    await expect(page.getByText(t.managerAsked, { exact: true })).toHaveCount(0);
    await expectGoodPage(page, lang);
    await press(page, t.setUpNow);
    await expectHeading(page, t.setNumber);
    await expect(page.getByText('+49 171 3920077')).toBeVisible();
    await expectGoodPage(page, lang);
    const sent = await mailbox.mark();
    await press(page, t.sendLineCode);
    await expectHeading(page, t.codeTitle);
    await expectGoodPage(page, lang);
    const code = await mailbox.newest(MOBILE, sent);
    expect(code.channel).toBe('sms');
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(code.code!);
    await press(page, t.confirm);
    await expectSignedIn(page, t);
  });

  test('D02: a changed request is another one, can be declined with a reason, and taken back', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    const before = await mailbox.mark();
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    const boss = await visitor();
    await openRequest(boss, world, before);
    // Changed while the manager reads: what was seen is not there any more.
    await page.locator('summary').filter({ hasText: t.changeRequest }).click();
    const changed = await mailbox.mark();
    await ask(page, world, { number: '+491713920088', reason: 'Another phone' }, t.sendChanged);
    // The page said that the manager is asked before, too: what tells is the mail.
    await mailbox.newest('renate.vogt@agents.example', changed, (mail) => /AP-\d+/.test(mail.subject));
    await expectNews(page, t.managerAsked);
    await press(boss, t.approveRequest);
    await expect(boss.locator('#problem')).toContainText(t.changedMeanwhile);
    await expectGoodPage(boss, lang);
    await expect(boss.getByText('+49 171 3920088')).toBeVisible();
    const why = boss.getByLabel(t.declineWhy, { exact: true });
    await press(boss, t.declineRequest);
    await expectRefused(why, t.reasonNeeded);
    await why.fill('Use the landline');
    await press(boss, t.declineRequest);
    await expectNews(boss, t.requestDeclined);
    await expect(page.getByText('Use the landline')).toBeVisible();
    await expectGoodPage(page, lang);
    const third = await mailbox.mark();
    await ask(page, world, { number: MOBILE, reason: 'Once more' });
    // The page says the same since the request before it: what tells is the mail.
    await mailbox.newest('renate.vogt@agents.example', third, (mail) => /AP-\d+/.test(mail.subject));
    // Whoever has not kept the mail finds it from their own page.
    await boss.goto('/agents/overview');
    await boss.getByRole('link', { name: t.oneWaits, exact: true }).click();
    await expect(boss.getByText('Katrin Wolf')).toBeVisible();
    await page.locator('summary').filter({ hasText: t.takeBack }).click();
    await page.getByRole('button', { name: t.takeBack, exact: true }).click();
    await expectNews(page, t.takenBack);
    await boss.goto('/approvals');
    await expectHeading(boss, t.approvals);
    await expect(boss.getByText(t.noApprovals)).toBeVisible();
    await expectGoodPage(boss, lang);
  });

  test('D02: who stands in decides too, and nobody else sees it', async ({ page, visitor, portal, mailbox, t, lang, guard }) => {
    guard.expect(/404/);
    const world = { portal, mailbox, t };
    const boss = await visitor();
    await signInLine(boss, world, 'rvogt');
    await boss.goto('/approvals');
    await boss.getByLabel(t.deputyLogin, { exact: true }).fill('nobody');
    await boss.getByLabel(t.deputyDays, { exact: true }).fill('3');
    await press(boss, t.nameDeputy);
    await expectRefused(boss.getByLabel(t.deputyLogin, { exact: true }), t.noDeputy);
    await expectGoodPage(boss, lang);
    await boss.getByLabel(t.deputyLogin, { exact: true }).fill('sdorn');
    await boss.getByLabel(t.deputyDays, { exact: true }).fill('99');
    await press(boss, t.nameDeputy);
    await expectRefused(boss.getByLabel(t.deputyDays, { exact: true }), t.daysRange);
    await boss.getByLabel(t.deputyDays, { exact: true }).fill('3');
    await press(boss, t.nameDeputy);
    await expectNews(boss, t.deputyNamed);
    await expectGoodPage(boss, lang);

    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    const before = await mailbox.mark();
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    const asked = await mailbox.newest('stefan.dorn@agents.example', before, (mail) => /AP-\d+/.test(mail.subject));
    const other = await visitor();
    await signInLine(other, world, 'mberg');
    await other.goto(asked.link!);
    await expect(other.locator('body')).toContainText(t.notFound);
    const stefan = await visitor();
    await signInLine(stefan, world, 'sdorn');
    await stefan.goto(asked.link!);
    await expect(stefan.getByText(t.standsIn)).toBeVisible();
    await press(stefan, t.approveRequest);
    await expectNews(stefan, t.requestApproved);
  });

  test('D02: an administrator enters the manager, and what waits goes to the new one', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    await expect(page.getByText('Renate Vogt')).toBeVisible();

    // Taken off the record: nobody can answer, and the page says so.
    const admin = await visitor();
    await signInAda(admin, world);
    await openPerson(admin, world, 'agents', 'kwolf', 'Katrin Wolf');
    const field = admin.getByLabel(t.managerOnRecord, { exact: true });
    await expect(field).toHaveValue('rvogt');
    await expect(admin.getByText('Renate Vogt (rvogt)')).toBeVisible();
    await expectGoodPage(admin, lang);
    await field.fill('');
    await press(admin, t.saveManager);
    await expectNews(admin, t.managerSaved);
    await expect(admin.getByText(t.nobodyOnRecord)).toBeVisible();
    await expectGoodPage(admin, lang);
    await page.reload();
    await expect(page.getByText(t.noManager)).toBeVisible();
    await expectGoodPage(page, lang);

    // Who cannot be it is refused at the field.
    for (const [typed, says] of [
      ['nobody', t.noSuchManager],
      ['kwolf', t.notTheirManager],
    ] as const) {
      await field.fill(typed);
      await press(admin, t.saveManager);
      await expectRefused(field, says);
      await expect(field).toHaveValue(typed);
    }
    await expectGoodPage(admin, lang);

    // The next one is asked by mail, and decides.
    const before = await mailbox.mark();
    await field.fill('sdorn');
    await press(admin, t.saveManager);
    await expectNews(admin, t.managerSaved);
    await expect(admin.getByText('Stefan Dorn (sdorn)')).toBeVisible();
    await expectGoodPage(admin, lang);
    const told = await mailbox.newest('katrin.wolf@agents.example', before, (mail) => /hinterlegte Führungskraft|manager on record/.test(mail.subject));
    expect(told.text).toContain('Stefan Dorn');
    const asked = await mailbox.newest('stefan.dorn@agents.example', before, (mail) => /AP-\d+/.test(mail.subject));
    const stefan = await visitor();
    await signInLine(stefan, world, 'sdorn');
    await stefan.goto(asked.link!);
    await press(stefan, t.approveRequest);
    await expectNews(stefan, t.requestApproved);
    await page.reload();
    await expect(page.getByText(t.approvedNow).first()).toBeVisible();
  });

  test('D02: what is approved is what was seen: who changes it is decided on anew', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    const before = await mailbox.mark();
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    const boss = await visitor();
    await openRequest(boss, world, before);
    // Who left the page open proves themselves anew before they approve.
    await portal.advance(301);
    const again = await mailbox.mark();
    await press(boss, t.approveRequest);
    await expectHeading(boss, t.codeTitle);
    await boss.getByLabel(t.oneTimePassword, { exact: true }).fill(await mailbox.code('+491713920014', again));
    await press(boss, t.confirm);
    await expect(boss).toHaveURL(/\/agents\/approvals\//);
    await press(boss, t.approveRequest);
    await expectNews(boss, t.requestApproved);
    await expect(page.getByText(t.approvedNow).first()).toBeVisible();
    await page.locator('summary').filter({ hasText: t.changeRequest }).click();
    await ask(page, world, { number: '+491713920088', reason: 'Another phone' }, t.sendChanged);
    await expectNews(page, t.managerAsked);
    await expect(page.getByText(t.waitsForManager).first()).toBeVisible();
    await expect(page.getByRole('button', { name: t.setUpNow, exact: true })).toHaveCount(0);
    await boss.reload();
    await expect(boss.getByText('+49 171 3920088')).toBeVisible();
    await expect(boss.getByRole('button', { name: t.approveRequest, exact: true })).toBeVisible();
    await expectGoodPage(page, lang);
  });

  test('D02: the manager is reminded once, and what nobody answers is over', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    // Days later nobody is at that page any more.
    await page.goto('about:blank');
    await portal.advance(2 * 86_400 + 60);
    const after = await mailbox.mark();
    // A reminder is written the moment that the clock has come to it.
    await mailbox.newest('renate.vogt@agents.example', after - 5000, (mail) => /AP-\d+/.test(mail.subject));
    await portal.advance(5 * 86_400 + 60);
    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    await expect(page.getByText(t.outOfTime, { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: t.sendToManager, exact: true })).toBeVisible();
    await mailbox.newest('katrin.wolf@agents.example', after, (mail) => /AP-\d+/.test(mail.subject));
    await expectGoodPage(page, lang);
  });

  test('D02: what is refused is said at its field, before anybody is asked', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    const number = page.getByLabel(t.phoneNumber, { exact: true });
    for (const [typed, says] of [
      ['+44 7911 123456', t.abroad],
      ['0900 1 123456', t.ofService],
      ['0171', t.notANumber],
    ] as const) {
      await ask(page, world, { number: typed, reason: 'On the road' });
      await expectRefused(number, says);
      await expect(number).toHaveValue(typed);
    }
    await expectGoodPage(page, lang);
    // The manager's list stands open, and somebody writes below it.
    const boss = await visitor();
    await signInLine(boss, world, 'rvogt');
    await visit(boss, '/agents/approvals');
    const deputy = boss.getByLabel(t.deputyLogin, { exact: true });
    await deputy.fill('sdorn');
    await ask(page, world, { number: MOBILE, reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    await expect(boss.getByRole('link', { name: /^AP-\d+$/ })).toBeVisible();
    await expect(boss.getByRole('status').filter({ hasText: t.oneWaits })).toHaveCount(1);
    await expect(deputy).toHaveValue('sdorn');
    await expectGoodPage(boss, lang);
    // One at a time.
    await page.goto('/agents/request/voice');
    await expect(page.getByText(t.otherKindAsked)).toBeVisible();
    await expectGoodPage(page, lang);
    // Nobody decides what the manager of managers asks.
    await boss.goto('/agents/request/voice');
    await expect(boss.getByText(t.noManager)).toBeVisible();
    await expectGoodPage(boss, lang);
  });
});

test.describe('approvals, where numbers do not tell what they belong to', () => {
  test.use({ serverArgs: ['--policy', policies('agents', /^\[numbers\]$/m, '[numbers]\ncountries = ["DE", "US"]')] });

  test('D02 D03: who names such a number is warned, and so is the manager', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    await expect(page.getByText(t.unsureNumber)).toHaveCount(0);
    const before = await mailbox.mark();
    await ask(page, world, { number: '+1 202 555 0143', reason: 'On the road' });
    await expectNews(page, t.managerAsked);
    await expect(page.getByText(t.unsureNumber)).toBeVisible();
    await expectGoodPage(page, lang);
    const boss = await visitor();
    await openRequest(boss, world, before);
    await press(boss, t.approveRequest);
    await expectNews(boss, t.requestApproved);
    await press(page, t.setUpNow);
    await expectHeading(page, t.setNumber);
    await expect(page.getByText(t.unsureNumber)).toBeVisible();
    await expectGoodPage(page, lang);
    await press(page, t.sendLineCode);
    await expectHeading(page, t.codeTitle);
    await expect(page.getByText(t.unsureNumber)).toBeVisible();
    await expectGoodPage(page, lang);
  });
});
