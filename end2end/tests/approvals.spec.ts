import { expectGoodPage } from '../fixtures/axe';
import { ask, openRequest, signInLine, toFirstChoice } from '../pages/approval';
import { expectHeading, expectNews, expectRefused, press } from '../pages/door';
import { expectSignedIn } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const MOBILE = '+491713920077';

test.describe('approvals', () => {
  test('D02 D03 D04 D05 D12: codes by SMS are asked for, approved by the manager, and only then set up', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await expectGoodPage(page, lang);
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
    await page.reload();
    await expect(page.getByText(t.approvedNow).first()).toBeVisible();
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

  test('a changed request is another one, can be declined with a reason, and taken back', async ({ page, visitor, portal, mailbox, t, lang }) => {
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
    await ask(page, world, { number: '+491713920088', reason: 'Another phone' }, t.sendChanged);
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
    await page.goto('/agents/request/sms');
    await expect(page.getByText('Use the landline')).toBeVisible();
    await expectGoodPage(page, lang);
    await ask(page, world, { number: MOBILE, reason: 'Once more' });
    await expectNews(page, t.managerAsked);
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

  test('who stands in decides too, and nobody else sees it', async ({ page, visitor, portal, mailbox, t, lang, guard }) => {
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
});
