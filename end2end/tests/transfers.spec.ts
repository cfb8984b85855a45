import { expectGoodPage } from '../fixtures/axe';
import { expectInvited, fetched, openInvitations, signInAda, signInStaff } from '../pages/admin';
import { expectHeading, expectNews, press, visit } from '../pages/door';
import { signInPasskey } from '../pages/sign-in';
import { expect, test, type Page } from '../fixtures/test';
import type { Labels } from '../fixtures/labels';

const LIST = '/admin/customers/transfers';

/** So many rows that their import takes a while; two are broken, one is known. */
function many(rows: number): string {
  const lines = ['email,name,lang'];
  for (let n = 1; n <= rows; n += 1) lines.push(`row-${n}@import.example,Row ${n},de`);
  lines[10] = 'broken-at-import.example,Broken,en';
  lines[20] = 'tess.totp@customers.example,Tess,en';
  lines[30] = 'row-30@import.example,Row 30,fr';
  return lines.join('\n');
}

async function startImport(page: Page, t: Labels, rows: number): Promise<void> {
  // At once, as a file does it: typing so many lines takes a browser very long.
  const field = page.getByLabel(t.csvLabel, { exact: true });
  await field.evaluate((area, text) => ((area as HTMLTextAreaElement).value = text), many(rows));
  await press(page, t.csvCheck);
  await press(page, t.csvSend(rows - 3));
  await expectHeading(page, t.transferImport);
}

/** How many rows the page says are done. */
async function done(page: Page): Promise<number> {
  return Number(await page.getByRole('progressbar').evaluate((bar) => (bar as HTMLProgressElement).value));
}

/** The newest one in the list. */
const newest = (page: Page) => page.locator('tbody').getByRole('row').first();

test.describe('transfers', () => {
  test('a long import shows progress, is left, and is found again with its report', { tag: '@german' }, async ({ page, portal, mailbox, t, lang, guard }) => {
    test.slow();
    guard.expect(/net::ERR_/);
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await visit(page, LIST);
    await expectHeading(page, t.transfers);
    await expectGoodPage(page, lang);
    await openInvitations(page, world);
    await startImport(page, t, 5000);
    const bar = page.getByRole('progressbar', { name: t.transferProgress, exact: true });
    await expect(bar).toBeVisible();
    // The server dies in the middle. Its claim stands for a minute more, in which
    // nothing moves.
    await portal.restart();
    await visit(page, '/admin/customers/people');
    await page.locator(`nav a[href="${LIST}"]`).click();
    await expectHeading(page, t.transfers);
    await expect(newest(page)).toContainText(t.transferImport);
    await expect(newest(page)).toContainText(t.transferRunning);
    await expectGoodPage(page, lang);
    await newest(page).getByRole('link', { name: t.transferImport, exact: true }).click();
    await expect(bar).toBeVisible();
    await expect(page.getByText(t.transferLeave)).toBeVisible();
    expect(await done(page)).toBeLessThan(5000);
    await expectGoodPage(page, lang);
    await portal.advance(61);

    // Its end comes by itself.
    await expectInvited(page, world, 4997, 120_000);
    await expect(bar).toHaveCount(0);
    const report = page.getByRole('listitem').filter({ hasText: t.csvRow(11) });
    await expect(report).toContainText('broken-at-import.example');
    await expect(page.getByRole('listitem').filter({ hasText: t.csvRow(21) })).toContainText('tess.totp@customers.example');
    await expect(page.getByRole('listitem').filter({ hasText: t.csvRow(31) })).toBeVisible();
    await expectGoodPage(page, lang);
    const file = await fetched(page, t.transferReport);
    expect(file.name).toBe('invitations-customers.csv');
    expect(file.text.split('\r\n').filter(Boolean)).toHaveLength(4);
    expect(file.text).toContain('11,broken-at-import.example,');
    await visit(page, LIST);
    await expect(newest(page)).toContainText(t.transferDone);
    await expectGoodPage(page, lang);
  });

  test('an export is left, found again and downloaded; a colleague sees it and cannot fetch it', { tag: '@german' }, async ({ page, portal, mailbox, t, lang, visitor, guard }) => {
    guard.expect(/403/);
    const world = { portal, mailbox, t };
    const key = await signInAda(page, world);
    await visit(page, '/admin/customers/people');
    await press(page, t.exportCsv);
    await expectHeading(page, t.transferExportPeople);
    await visit(page, '/admin');
    await visit(page, LIST);
    await expect(newest(page)).toContainText(t.transferDone);
    await newest(page).getByRole('link', { name: t.transferExportPeople, exact: true }).click();
    await expectHeading(page, t.transferExportPeople);
    await expect(page.getByText(t.transferKept)).toBeVisible();
    await expectGoodPage(page, lang);
    const file = await fetched(page, t.transferDownload('CSV'));
    expect(file.name).toBe('people-customers.csv');
    expect(file.text).toMatch(/^login,name,email,language,state\r\n/);
    expect(file.text).toContain('tess.totp@customers.example');

    // The auditor may export the trail of the same realm, and nothing else.
    const auditor = await visitor();
    await signInStaff(auditor, world, 'Q300001');
    await visit(auditor, LIST);
    await expect(auditor.getByRole('row')).toHaveCount(0);
    const people = new URL(page.url()).pathname;
    expect((await auditor.goto(people))?.status()).toBe(403);
    await visit(auditor, '/admin/customers/audit');
    await press(auditor, t.trailJson);
    await expectHeading(auditor, t.transferExportAudit);
    const trail = await fetched(auditor, t.transferDownload('JSON'));
    expect(trail.name).toBe('audit-customers.json');
    const actions = (JSON.parse(trail.text) as { action: string }[]).map((entry) => entry.action);
    expect(actions).toContain('transfer_started');
    expect(actions).toContain('exported');

    // Ada sees that it is there.
    await visit(page, new URL(auditor.url()).pathname);
    await expect(page.getByText(t.transferNotYours)).toBeVisible();
    await expect(page.getByRole('link', { name: new RegExp(t.transferDownload('JSON')) })).toHaveCount(0);

    // Three days later there is no file any more.
    await portal.advance(72 * 3600 + 60);
    await signInPasskey(page, world, key, await portal.person('Q100001'));
    await visit(page, people);
    await expect(page.getByText(t.transferGone)).toBeVisible();
    expect((await page.request.get(`${people}/file`)).status()).toBe(404);
  });

  test('a running import is cancelled, after a question; what was done stays', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await openInvitations(page, world);
    await startImport(page, t, 5000);
    await page.locator('summary').click();
    await press(page, t.transferCancelImport);
    await expectNews(page, t.transferCancelledNews);
    await expectHeading(page, t.transferImport);
    await expect(page.getByText(t.transferCancelled, { exact: true })).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await expectGoodPage(page, lang);
    const people = await mailbox.all('row-4999@import.example');
    expect(people).toEqual([]);
  });

  test('without script it is started, looked at and fetched as well', async ({ page, portal, mailbox, t, visitor }) => {
    await signInAda(page, { portal, mailbox, t });
    const bare = await visitor({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    await bare.goto('/admin/customers/audit');
    await press(bare, t.trailCsv);
    await expectHeading(bare, t.transferExportAudit);
    // Still at work, or done already.
    const download = bare.getByRole('link', { name: new RegExp(`^${t.transferDownload('CSV')}`) });
    await expect(async () => {
      if ((await download.count()) === 0) await bare.getByRole('link', { name: t.transferLookAgain, exact: true }).click();
      await expect(download).toBeVisible({ timeout: 500 });
    }).toPass();
    expect((await fetched(bare, t.transferDownload('CSV'))).text).toMatch(/^time,place,id,realm,/);
    await openInvitations(bare, { portal, mailbox, t });
    await startImport(bare, t, 3000);
    await expect(bare.getByRole('progressbar')).toBeVisible();
    await bare.locator('summary').click();
    await press(bare, t.transferCancelImport);
    await expectNews(bare, t.transferCancelledNews);
  });
});
