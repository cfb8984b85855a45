import { expectGoodPage } from '../fixtures/axe';
import { signInAda } from '../pages/admin';
import { expectHeading, expectNews, expectRefused, press, visit } from '../pages/door';
import { signInTotp } from '../pages/sign-in';
import { expect, test, type Page } from '../fixtures/test';
import type { Labels } from '../fixtures/labels';

const EN = 'Sign-in is slow tonight.';
const DE = 'Die Anmeldung ist heute Abend langsam.';

/** A day and time in the realm's zone, as the field writes it. */
function local(at: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' }).format(at);
  return parts.replace(' ', 'T');
}

async function write(page: Page, t: Labels, ends: string, audience = 'everybody'): Promise<void> {
  await page.getByLabel(t.announceEn, { exact: true }).fill(EN);
  await page.getByLabel(t.announceDe, { exact: true }).fill(DE);
  await page.getByLabel(t.announceDetailsEn, { exact: true }).fill('We add machines.');
  await page.getByLabel(t.announceDetailsDe, { exact: true }).fill('Wir stellen Maschinen dazu.');
  await page.getByLabel(t.announceEnds, { exact: true }).fill(ends);
  await page.getByLabel(t.announceAudience, { exact: true }).selectOption(audience);
  await press(page, t.announce);
}

test.describe('announcements', () => {
  test('C15: a dated banner with details, until its time is over', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await visit(page, '/admin/cloud/announcements');
    await expectHeading(page, t.announcements);
    await expectGoodPage(page, lang);
    await press(page, t.announce);
    await expectRefused(page.getByLabel(t.announceEn, { exact: true }), t.announceMissing);
    await expectRefused(page.getByLabel(t.announceEnds, { exact: true }), t.announceEndsMissing);
    await write(page, t, '2020-01-01T10:00');
    await expectRefused(page.getByLabel(t.announceEnds, { exact: true }), t.announceTooEarly);
    await expect(page.getByLabel(t.announceEn, { exact: true })).toHaveValue(EN);
    await write(page, t, local((await portal.now()) + 2 * 3_600_000));
    await expectNews(page, t.announced);
    await expectGoodPage(page, lang);

    const reader = await visitor();
    const text = lang === 'en' ? EN : DE;
    await visit(reader, '/cloud/sign-in');
    const banner = reader.locator('.bars').getByText(text);
    await expect(banner).toBeVisible();
    await expect(banner).toContainText(/\d{1,2}:\d{2}/);
    await expectGoodPage(reader, lang);
    await reader.locator('.bars').getByRole('link', { name: t.announceMore, exact: true }).click();
    await expectHeading(reader, t.announcements);
    await expect(reader.getByText(lang === 'en' ? 'We add machines.' : 'Wir stellen Maschinen dazu.')).toBeVisible();
    await expectGoodPage(reader, lang);
    // Of this realm alone.
    await reader.goto('/dealers/sign-in');
    await expect(reader.getByText(text)).toHaveCount(0);
    await portal.advance(2 * 3600 + 60);
    await reader.goto('/cloud/sign-in');
    await expectHeading(reader, t.signIn);
    await expect(reader.getByText(text)).toHaveCount(0);
  });

  test('A15: employees read on the pages where they sign in and reset what has changed', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await visit(page, '/admin/workforce/announcements');
    await write(page, t, local((await portal.now()) + 2 * 3_600_000));
    await expectNews(page, t.announced);
    const reader = await visitor();
    for (const place of ['sign-in', 'reset-pin']) {
      await visit(reader, `/workforce/${place}`);
      await expect(reader.locator('.bars').getByText(lang === 'en' ? EN : DE)).toBeVisible();
    }
    await expectGoodPage(reader, lang);
  });

  test('C15: for people who are signed in alone, and taken back', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await visit(page, '/admin/cloud/announcements');
    await write(page, t, local((await portal.now()) + 24 * 3_600_000), 'signed_in');
    await expectNews(page, t.announced);
    const text = lang === 'en' ? EN : DE;
    const reader = await visitor();
    await reader.goto('/cloud/sign-in');
    await expectHeading(reader, t.signIn);
    await expect(reader.getByText(text)).toHaveCount(0);
    await signInTotp(reader, world, await portal.person('sam.okafor'));
    await expect(reader.locator('.bars').getByText(text)).toBeVisible();
    const row = page.getByRole('row').filter({ hasText: text });
    await row.locator('summary').click();
    await row.getByRole('button', { name: new RegExp(`^${t.announceWithdraw}`) }).click();
    await expectNews(page, t.announceWithdrawn);
    await reader.goto('/cloud/profile');
    await expect(reader.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(reader.getByText(text)).toHaveCount(0);
  });
});
