import { expectGoodPage } from '../fixtures/axe';
import { COOL_DOWN, approve, claim, openCase, reportLostPhone, serve, toCode } from '../pages/cases';
import { expectHeading, expectNews, press, visit } from '../pages/door';
import { expect, test } from '../fixtures/test';

test.describe('follow-case', () => {
  test('"This was not me" stops an approved case, ends what was on its way and freezes the account', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    const thief = await visitor();
    const number = await reportLostPhone(thief, world, sam);
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await openCase(desk, number);
    await claim(desk, t);
    const before = await mailbox.mark();
    await approve(desk, t);
    const told = await mailbox.newest(sam.login, before, (m) => m.subject.includes(number));
    await visit(page, told.link!);
    await expectHeading(page, t.caseState);
    await press(page, t.notMe);
    await expect(page.getByText(t.caseVetoed)).toBeVisible();
    await expectGoodPage(page, lang);
    await desk.reload();
    await expect(desk.getByText(t.stateVetoed).first()).toBeVisible();
    // The link that waited in the outbox never goes out.
    await portal.advance(COOL_DOWN + 60);
    await mailbox.expectNone(sam.login, before + COOL_DOWN * 1000);
    // Frozen: no second try by the form either.
    await toCode(thief, t, sam);
    await thief.getByRole('link', { name: t.lostPhone, exact: true }).click();
    await expect(thief).toHaveURL(/\/cloud\/sign-in$/);
  });

  test('who asked takes it back, behind the link and behind the password', async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    const number = await reportLostPhone(page, world, sam);
    await page.locator('summary').filter({ hasText: t.withdraw }).click();
    const before = await mailbox.mark();
    await press(page, t.withdrawYes);
    await expectNews(page, t.withdrawn);
    const mail = await mailbox.newest(sam.login, before, (m) => m.subject.includes(number));
    await visit(page, mail.link!);
    await expect(page.getByText(t.withdrawn)).toBeVisible();
    const next = await reportLostPhone(page, world, sam);
    const opened = await mailbox.newest(sam.login, before, (m) => m.subject.includes(next));
    await visit(page, opened.link!);
    await page.locator('summary').filter({ hasText: t.withdraw }).click();
    await press(page, t.withdrawYes);
    await expect(page.getByText(t.withdrawn)).toBeVisible();
  });

  test('a page that is none says so', async ({ page, t }) => {
    await page.goto('/cloud/case/nothing-here');
    await expectHeading(page, t.linkUnknown);
  });
});
