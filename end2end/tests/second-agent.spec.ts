import { expectGoodPage } from '../fixtures/axe';
import { serve } from '../pages/cases';
import { expectNews, press } from '../pages/door';
import { expect, test, type Page } from '../fixtures/test';

/** The page of a colleague, found by what they sign in with. */
async function openColleague(page: Page, search: string, name: string): Promise<void> {
  await page.goto(`/desk/people?q=${search}`);
  await page.getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
}

test.describe('second agent', () => {
  test('what an agent does to a colleague waits until the lead agrees', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    // A colleague with an open session.
    const tomasz = await visitor();
    await serve(tomasz, world, 'Q200002');
    await serve(page, world, 'Q200001');
    await openColleague(page, 'Q200002', 'Tomasz Nowak');
    await press(page, t.endSessions);
    await expectNews(page, t.secondAsked);
    await expect(page.getByRole('button', { name: t.agreeAct })).toHaveCount(0);
    await expectGoodPage(page, lang);

    const lead = await visitor();
    await serve(lead, world, 'Q200003');
    await openColleague(lead, 'Q200002', 'Tomasz Nowak');
    await expectGoodPage(lead, lang);
    const before = await mailbox.mark();
    await lead.getByRole('button', { name: t.agreeAct }).click();
    await expectNews(lead, t.allSessionsEnded);
    await mailbox.newest('tomasz.nowak@workforce.example', before, () => true);
    await tomasz.goto('/desk');
    await expect(tomasz).toHaveURL(/\/workforce\/sign-in$/);
  });
});
