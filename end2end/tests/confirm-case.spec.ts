import { expectGoodPage } from '../fixtures/axe';
import { openCase, reportLostPhone, serve } from '../pages/cases';
import { expectHeading, expectNews, expectRefused, press } from '../pages/door';
import { giveCode, givePassword } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('confirm-case', () => {
  test('E19: the manager signs in, types the code that was read to them, and the desk sees their word', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const [noor, sam] = [await portal.person('noor.haddad'), await portal.person('sam.okafor')];
    const before = await mailbox.mark();
    const number = await reportLostPhone(page, world, noor);
    const own = await mailbox.newest(noor.login, before, (m) => m.subject.includes(number));
    await page.goto(own.link!);
    await expect(page.getByRole('heading', { name: t.managerTitle })).toBeVisible();
    await expectGoodPage(page, lang);
    const code = (await page.locator('ol.readout').innerText()).replaceAll(/\D/g, '');
    expect(code).toHaveLength(6);

    const boss = await visitor();
    const asked = await mailbox.newest(sam.login, before, (m) => m.subject.includes(number));
    await boss.goto(asked.link!);
    await expect(boss).toHaveURL(/\/cloud\/sign-in/);
    await givePassword(boss, t, sam.login, sam.password!, 'cloud');
    await expectHeading(boss, t.codeTitle);
    await giveCode(boss, t, await portal.totp(sam.totp_secret!));
    // Straight to where the mail led.
    await expectHeading(boss, t.confirmCase);
    await expect(boss.getByText('Noor Haddad').first()).toBeVisible();
    await expectGoodPage(boss, lang);
    await boss.getByLabel(t.managerCode, { exact: true }).fill(code === '000000' ? '000001' : '000000');
    await press(boss, t.managerYes);
    await expectRefused(boss.getByLabel(t.managerCode, { exact: true }), t.wrongCode);
    await boss.getByLabel(t.managerCode, { exact: true }).fill(code);
    await press(boss, t.managerYes);
    await expectNews(boss, t.caseConfirmed);
    await expectGoodPage(boss, lang);

    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await openCase(desk, number);
    await expect(desk.getByText(t.managerWord)).toBeVisible();
  });
});
