import { expectGoodPage } from '../fixtures/axe';
import { expect, test } from '../fixtures/test';
import { signInStaff } from '../pages/admin';
import { expectHeading, expectNews, press, visit } from '../pages/door';

test.describe('roles', () => {
  test('an administrator gives a role and takes it away; its holder hears of both', { tag: '@german' }, async ({ page, portal, mailbox, t, visitor }) => {
    await signInStaff(page, { portal, mailbox, t }, 'Q100001');
    await visit(page, '/admin/dealers/roles');
    await expectHeading(page, t.roles);
    await expectGoodPage(page);

    await page.getByLabel(t.qNumber, { exact: true }).fill('Q000000');
    await press(page, t.giveRole);
    await expect(page.getByText(t.notStaff).first()).toBeVisible();
    await expect(page.getByLabel(t.qNumber, { exact: true })).toHaveValue('Q000000');

    await page.getByLabel(t.qNumber, { exact: true }).fill('Q200002');
    await page.getByLabel(t.role, { exact: true }).selectOption('auditor');
    await press(page, t.giveRole);
    await expectNews(page, t.roleGiven);
    const row = page.getByRole('row').filter({ hasText: 'Q200002' }).filter({ hasText: t.auditor });
    await expect(row).toHaveCount(1);

    const auditor = await visitor();
    await signInStaff(auditor, { portal, mailbox, t }, 'Q200002');
    await visit(auditor, '/admin/dealers/audit');
    await expectHeading(auditor, t.trail);

    await row.locator('summary').click();
    await press(page, t.takeRole);
    await expectNews(page, t.roleTaken);
    await expect(row).toHaveCount(0);
    await auditor.reload();
    await expect(auditor).toHaveURL(/\/workforce\/sign-in$/);
  });
});
