import { expectGoodPage } from '../fixtures/axe';
import { claim, openCase, openQueue, reportLostPhone, serve } from '../pages/cases';
import { expectHeading, expectNews, expectProblem, press } from '../pages/door';
import { expect, test } from '../fixtures/test';

test.describe('desk', () => {
  test('a new case appears in the open queue by itself; filters, search and export find it', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await expectGoodPage(desk, lang);
    const number = await reportLostPhone(page, world, sam);
    const row = desk.getByRole('row').filter({ hasText: number });
    await expect(row).toBeVisible();
    await expect(row).toContainText('Sam Okafor');
    await expect(row).toContainText(t.kindLostPhone);
    await expect(row).toContainText(t.stateNew);
    await expectGoodPage(desk, lang);
    for (const [search, found] of [[number, 1], ['okaf', 1], ['nobody has this', 0]] as const) {
      await desk.getByLabel(t.deskSearch, { exact: true }).fill(search);
      await press(desk, t.filter);
      await expect(desk).toHaveURL(/[?&]q=/);
      await expect(row).toHaveCount(found);
    }
    await openQueue(desk, t);
    await desk.getByRole('link', { name: t.whoseMine }).click();
    await expect(desk).toHaveURL(/whose=mine/);
    await expect(row).toHaveCount(0);
    await openQueue(desk, t);
    const download = desk.waitForEvent('download');
    await desk.getByRole('link', { name: t.exportCsv, exact: true }).click();
    const stream = await (await download).createReadStream();
    let csv = '';
    for await (const chunk of stream) csv += String(chunk);
    expect(csv).toContain(number);
    expect(csv).toContain('lost_phone');
  });

  test('two agents decide at once: one decision, one notice of it', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const number = await reportLostPhone(page, world, await portal.person('sam.okafor'));
    const mara = await visitor();
    await serve(mara, world, 'Q200001');
    const helga = await visitor();
    await serve(helga, world, 'Q200003');
    await openCase(mara, number);
    await openCase(helga, number);
    await claim(mara, t);
    await press(helga, t.claim);
    await expectProblem(helga, t.changedMeanwhile);
    // What happened meanwhile stands there, and the way on as well.
    await expect(helga.getByText(t.stateReview).first()).toBeVisible();
    await press(helga, t.takeOver);
    await expectNews(helga, t.claimed);
    await press(mara, t.approve);
    await expectProblem(mara, t.changedMeanwhile);
    await press(helga, t.approve);
    await expectNews(helga, t.approved);
  });

  test('who decides nothing looks and gives back; a stranger to the desk sees nothing', async ({ page, visitor, portal, mailbox, t, guard }) => {
    guard.expect(/403/);
    const world = { portal, mailbox, t };
    const number = await reportLostPhone(page, world, await portal.person('sam.okafor'));
    const desk = await visitor();
    await serve(desk, world, 'Q200002');
    await openCase(desk, number);
    await claim(desk, t);
    await expect(desk.getByText(t.mayNot)).toBeVisible();
    await expect(desk.getByRole('button', { name: t.approve, exact: true })).toHaveCount(0);
    await press(desk, t.release);
    await expectNews(desk, t.released);
    // Nor by hand.
    const url = new URL(desk.url());
    const answer = await desk.request.post('/api/desk/case', {
      form: { id: url.pathname.split('/').pop()!, version: '3', change: 'approve' },
      headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.status()).toBe(403);
  });

  test('one page per person: what there is, what happened, what was sent; whatever is done they are told', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await desk.getByRole('link', { name: t.deskPeople, exact: true }).click();
    await expectHeading(desk, t.deskPeople);
    await desk.getByLabel(t.deskSearch, { exact: true }).fill('okafor');
    await press(desk, t.find);
    // No case, no address.
    await expect(desk.getByText(sam.login)).toHaveCount(0);
    await expectGoodPage(desk, lang);
    await desk.getByRole('link', { name: 'Sam Okafor', exact: true }).click();
    await expectHeading(desk, 'Sam Okafor');
    await expect(desk.getByText(sam.login)).toHaveCount(0);
    await expectGoodPage(desk, lang);
    const before = await mailbox.mark();
    const app = desk.locator('li').filter({ has: desk.locator('.confirm') }).first();
    await app.locator('summary').click();
    await app.getByRole('button', { name: new RegExp(`^${t.suspend}`) }).click();
    await expectNews(desk, t.suspended);
    await mailbox.link(sam.login, 'not-me', before);
    await desk.getByRole('button', { name: new RegExp(`^${t.resume}`) }).click();
    await expectNews(desk, t.resumed);
    await expect(desk.getByRole('heading', { name: t.messages, exact: true })).toBeVisible();
    // With an open case the record is there in full.
    await reportLostPhone(page, world, sam);
    await desk.reload();
    await expect(desk.getByText(sam.login).first()).toBeVisible();
    await expectGoodPage(desk, lang);
  });

  test('the accounts of colleagues are protected, also from a lead alone', async ({ visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    for (const login of ['Q200001', 'Q200003']) {
      const desk = await visitor();
      await serve(desk, world, login);
      await desk.goto('/desk/people?q=nowak');
      await desk.getByRole('link', { name: 'Tomasz Nowak', exact: true }).click();
      await expectHeading(desk, 'Tomasz Nowak');
      await expect(desk.getByText(t.notYours)).toBeVisible();
      await expect(desk.locator('summary').filter({ hasText: t.suspend })).toHaveCount(1);
    }
  });
});
