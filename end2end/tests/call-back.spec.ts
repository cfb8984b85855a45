import { expectGoodPage } from '../fixtures/axe';
import { openPerson as administrate, signInStaff } from '../pages/admin';
import { serve } from '../pages/cases';
import { openPerson, verify } from '../pages/desk';
import { expectNews, expectRefused, press } from '../pages/door';
import { petraPhone } from '../pages/phone';
import { expect, test } from '../fixtures/test';

const JONAS = 'Q471108';

test.describe('call-back', () => {
  test('A03: the number on record is called, and the digits spoken there make the second proof', { tag: '@german' }, async ({ visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const [phone, agent] = [await petraPhone(visitor, portal), await visitor()];
    await serve(agent, world, 'Q200001');
    await verify(agent, phone, world);
    const before = await mailbox.mark();
    await press(agent, t.callBack);
    const call = await mailbox.newest('+491713920009', before);
    const digits = call.code!;
    expect(call.channel).toBe('voice');
    expect(call.text.split([...digits].join(', '))).toHaveLength(3);
    await expect(agent.getByText(t.callsNumber)).toBeVisible();
    await expect(agent.locator('body')).not.toContainText(digits);
    await expectGoodPage(agent, lang);
    const field = agent.getByLabel(t.toldDigits, { exact: true });
    await field.fill(digits === '000000' ? '111111' : '000000');
    await press(agent, t.checkDigits);
    await expectRefused(field, t.wrongCode);
    await expectGoodPage(agent, lang);
    await field.fill(digits);
    await press(agent, t.checkDigits);
    await expect(agent.getByText(t.confirmedCaller)).toBeVisible();
    await expect(agent.getByText(t.twoProofs)).toBeVisible();
    await mailbox.newest('petra.vogel@workforce.example', before, (mail) => /called you back|zurückgerufen/.test(mail.subject));
  });

  test('an administrator puts a number on record; from tomorrow on it is called', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInStaff(page, world, 'Q100001');
    await administrate(page, world, 'workforce', JONAS, 'Jonas Berger');
    const field = page.getByLabel(t.numberOnRecord, { exact: true });
    await expect(field).toHaveValue('+49 171 3920008');
    await field.fill('0900 1 123456');
    await press(page, t.saveNumber);
    await expectRefused(field, t.numberOfService);
    await expect(field).toHaveValue('0900 1 123456');
    await expectGoodPage(page, lang);
    const before = await mailbox.mark();
    await field.fill('0171 39200-77');
    await press(page, t.saveNumber);
    await expectNews(page, t.numberSaved);
    await expect(field).toHaveValue('+49 171 3920077');
    await expectGoodPage(page, lang);
    const told = await mailbox.newest('jonas.berger@workforce.example', before);
    expect(told.text).toContain('••••• 77');
    expect(told.text).not.toContain('39200');

    const agent = await visitor();
    await serve(agent, world, 'Q200001');
    await openPerson(agent, JONAS);
    await expect(agent.getByRole('button', { name: t.callBack, exact: true })).toHaveCount(0);
    await portal.advance(24 * 3600 + 60);
    const tomorrow = await visitor();
    await serve(tomorrow, world, 'Q200002');
    await openPerson(tomorrow, JONAS);
    await press(tomorrow, t.callBack);
    await mailbox.newest('+491713920077', before);
  });
});
