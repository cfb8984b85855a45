import { expectGoodPage } from '../fixtures/axe';
import { Authenticator } from '../fixtures/authenticator';
import { expect, test } from '../fixtures/test';
import { expectHeading, press, visit } from '../pages/door';
import { signInPasskey } from '../pages/sign-in';

test.describe('a browser that several people use', () => {
  test('a link sets up the account of its owner, whoever is signed in; each page names it', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const tomasz = await portal.person('Q200002');
    const mara = await portal.person('Q200001');
    const key = await Authenticator.plugIn(page);
    await key.hold(tomasz);
    await signInPasskey(page, { portal, mailbox, t }, key, tomasz);
    await visit(page, mara.enroll_link!);
    await press(page, t.continue);
    await expectHeading(page, t.chooseTitle);
    await expect(page.getByRole('banner')).toContainText('Q200001');
    await expect(page.getByRole('status').filter({ hasText: 'Q200002' })).toBeVisible();
    await expectGoodPage(page, lang);
    // The other one is out, and not on the way to anything.
    await page.goto('/workforce/overview');
    await expectHeading(page, t.signIn);
  });
});
