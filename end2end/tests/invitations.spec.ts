import { expectInvited, expectStates, fetched, invitation, invite, inviteByMail, openInvitations, openPerson, signInAda } from '../pages/admin';
import { card, choose, enrollTotp, skipRecoveryCodes } from '../pages/enroll';
import { expectHeading, expectNews, expectProblem, expectRefused, press, visit } from '../pages/door';
import { GOOD, setPassword } from '../pages/reset';
import { expectSignedIn, giveCode, givePassword, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const ZOE = 'zoe.zimmer@mail.example';

test.describe('invitations', () => {
  test('B01 B02 B03 B09 B10 B17: from the invitation to the second factor, in one language', { tag: '@german' }, async ({ page, portal, mailbox, t, lang, visitor }) => {
    const world = { portal, mailbox, t };
    const ada = await visitor();
    await signInAda(ada, world);
    const before = await mailbox.mark();
    await openInvitations(ada, world);
    await invite(ada, world, ZOE, 'Zoe Zimmer', lang);
    await expectNews(ada, t.invited);
    const mail = await mailbox.newest(ZOE, before);
    expect(mail.subject).toMatch(t.subjectInvitation);
    expect(mail.text).toMatch(t.mailHello);
    expect(mail.text).toContain('Zoe Zimmer');
    expect(mail.text).toContain(t.setUpAccount);
    expect(mail.html).toContain(`lang="${lang}"`);
    await ada.reload();
    await expectStates(ada, ZOE, t.stateSent);

    // The link opens a page of its own, and opening it changes nothing.
    await visit(page, mail.link!);
    await expectHeading(page, t.welcome);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await expect(page.getByRole('button', { name: t.setUpAccount, exact: true })).toBeVisible();
    await ada.reload();
    await expectStates(ada, ZOE, t.stateSent);
    await press(page, t.setUpAccount);
    await expectHeading(page, t.firstTitle);
    await expect(page.getByText(t.step(1, 4))).toBeAttached();
    await expect(page.getByLabel(t.account, { exact: true })).toHaveValue(ZOE);
    await ada.reload();
    await expectStates(ada, ZOE, t.stateOpened);
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
    await expectHeading(page, t.signIn);

    // On to the second factor.
    await givePassword(page, t, ZOE, GOOD);
    await expectHeading(page, t.chooseTitle);
    await choose(page, t, t.totpChoice);
    const key = await enrollTotp(page, world);
    await skipRecoveryCodes(page, t);
    await expect(page.getByRole('banner')).toContainText('Zoe Zimmer');
    await ada.reload();
    await expectStates(ada, ZOE, t.stateAccepted);

    // Used up.
    await visit(ada, mail.link!);
    await expectHeading(ada, t.linkUsed);

    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await givePassword(page, t, ZOE.toUpperCase(), GOOD);
    await expectHeading(page, t.codeTitle);
    await giveCode(page, t, await portal.nextTotp(key));
    await expectSignedIn(page, t);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    // Every mail on the way spoke the same language.
    for (const one of await mailbox.all(ZOE)) expect(one.text).toMatch(t.mailHello);
  });

  test('B03: who was invited and lost the mail gets in by "forgot" as well', async ({ page, portal, mailbox, t, lang, visitor }) => {
    const world = { portal, mailbox, t };
    const ada = await visitor();
    await signInAda(ada, world);
    await inviteByMail(ada, world, ZOE, '', lang);
    await visit(page, '/customers/sign-in');
    await expect(page.getByText(t.invitedHint)).toBeVisible();
    await page.getByRole('link', { name: t.forgotBoth, exact: true }).click();
    const before = await mailbox.mark();
    await page.getByLabel(t.login, { exact: true }).fill(ZOE);
    await press(page, t.continue);
    await expectHeading(page, t.sentTitle);
    const mail = await mailbox.newest(ZOE, before);
    expect(mail.link).toBeTruthy();
    await visit(page, mail.link!);
    await page.getByRole('main').getByRole('button').first().click();
    await setPassword(page, t, GOOD);
    await expectNews(page, t.passwordSet);
    await givePassword(page, t, ZOE, GOOD);
    await expectHeading(page, t.chooseTitle);
  });

  test('B01: sent again, the newest link counts; revoked, none does; expired, a fresh one is at hand', async ({ page, portal, mailbox, t, lang, visitor, plugIn }) => {
    const world = { portal, mailbox, t };
    const ada = await visitor();
    const key = await signInAda(ada, world);
    const first = await inviteByMail(ada, world, ZOE, 'Zoe Zimmer', lang);
    await ada.reload();
    const before = await mailbox.mark();
    await invitation(ada, ZOE).getByRole('button', { name: new RegExp(`^${t.inviteAgain}`) }).click();
    await expectNews(ada, t.invited);
    const second = await mailbox.link(ZOE, 'invitation', before);
    await ada.reload();
    await expectStates(ada, ZOE, t.stateSent, t.stateRevoked);
    await visit(page, first);
    await expectHeading(page, t.linkUnknown);
    await visit(page, second);
    await expectHeading(page, t.welcome);

    const newest = invitation(ada, ZOE).first();
    await newest.locator('summary').click();
    await newest.getByRole('button', { name: t.revokeSubmit }).click();
    await expectNews(ada, t.revoked);
    await expectStates(ada, ZOE, t.stateRevoked, t.stateRevoked);
    await press(page, t.setUpAccount);
    await expectHeading(page, t.linkUnknown);

    const later = await mailbox.mark();
    await invitation(ada, ZOE).first().getByRole('button', { name: new RegExp(`^${t.inviteAgain}`) }).click();
    await expectNews(ada, t.invited);
    const third = await mailbox.link(ZOE, 'invitation', later);
    await portal.advance(72 * 3600 + 1);
    await visit(page, third);
    await expectHeading(page, t.linkExpired);
    const fresh = await mailbox.mark();
    await press(page, t.freshLink);
    await expectNews(page, t.freshSent);
    await visit(page, await mailbox.link(ZOE, 'invitation', fresh));
    await expectHeading(page, t.welcome);

    // Three days later Ada's session is over, as it should be.
    await ada.goto('/admin/customers/invitations');
    await expect(ada).toHaveURL(/\/workforce\/sign-in$/);
    expect(key).toBeDefined();
    expect(plugIn).toBeDefined();
  });

  test('B01: a CSV is checked row by row before anything is sent', { tag: '@german' }, async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await openInvitations(page, world);
    const csv = [
      'email;name;lang',
      'one@csv.example;One;de',
      'broken-at-csv.example;Two;de',
      'tess.totp@customers.example;Tess;en',
      'three@csv.example;=1+1;en',
      'one@csv.example;Again;de',
      ';Nobody;de',
      'four@csv.example;Four;fr',
      'five@csv.example;"Five, the ""fifth""";en',
    ].join('\r\n');
    const before = await mailbox.mark();
    await page.getByLabel(t.csvLabel, { exact: true }).fill(csv);
    await press(page, t.csvCheck);
    const report = page.locator('#csv-report');
    await expect(report).toContainText(t.csvRow(3));
    await expect(report).toContainText('broken-at-csv.example');
    await expect(report).toContainText(t.csvKnown(4));
    await expect(report).toContainText(t.csvRow(6));
    await expect(report).toContainText(t.csvRow(7));
    await expect(report).toContainText(t.csvRow(8));
    await expect(report.getByRole('listitem')).toHaveCount(5);
    await expect(report).toContainText(t.csvBad(4));
    await mailbox.expectNone('one@csv.example', before);
    await press(page, t.csvSend(3));
    await expectInvited(page, world, 3);
    for (const to of ['one@csv.example', 'three@csv.example', 'five@csv.example']) await mailbox.link(to, 'invitation', before);
    expect((await mailbox.newest('one@csv.example', before)).text).toMatch(/^Guten Tag One/m);
    expect((await mailbox.newest('three@csv.example', before)).text).toMatch(/^Hello/m);
    await mailbox.expectNone('four@csv.example', before);
    expect(await mailbox.all('tess.totp@customers.example')).toEqual([]);

    // The same rows once more: nobody is invited twice.
    await openInvitations(page, world);
    await page.getByLabel(t.csvLabel, { exact: true }).fill('email\none@csv.example\nfive@csv.example');
    await press(page, t.csvCheck);
    await expect(page.locator('#csv-report')).toContainText(t.csvKnown(2));
    await expect(page.locator('#csv-report')).toContainText(t.csvKnown(3));
  });

  test('B01: a file fills the field; a CSV that names no address is refused as a whole', async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await visit(page, '/admin/customers/invitations');
    await press(page, t.csvCheck);
    await expectProblem(page, t.csvMissing);
    await expect.soft(page.getByText(t.csvClean)).toHaveCount(0);
    await visit(page, '/admin/customers/invitations');
    await page.getByLabel(t.csvFile, { exact: true }).setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('\ufeffe-mail;name\nfile@csv.example;Fränzi Öz\n'),
    });
    await expect(page.getByLabel(t.csvLabel, { exact: true })).toHaveValue(/file@csv\.example/);
    await press(page, t.csvCheck);
    await expect(page.locator('#csv-report')).toContainText(t.csvClean);
    const before = await mailbox.mark();
    await press(page, t.csvSend(1));
    await expectInvited(page, world, 1);
    expect((await mailbox.newest('file@csv.example', before)).text).toContain('Fränzi Öz');

    await visit(page, '/admin/customers/invitations');
    await page.getByLabel(t.csvLabel, { exact: true }).fill('first,second\na,b');
    await press(page, t.csvCheck);
    await expectRefused(page.getByLabel(t.csvLabel, { exact: true }), t.csvHeader);
    await expect(page.getByLabel(t.csvLabel, { exact: true })).toHaveValue('first,second\na,b');
    await expect(page.getByText(t.csvClean)).toHaveCount(0);
  });

  test('one person: what is wrong is said at its field, and stays to be mended', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await visit(page, '/admin/customers/invitations');
    const email = page.getByLabel(t.login, { exact: true });
    await invite(page, world, 'zoe@', 'Zoe', lang);
    await expectRefused(email, t.notAnAddress);
    await expect(email).toHaveValue('zoe@');
    await expect(page.getByLabel(t.inviteName, { exact: true })).toHaveValue('Zoe');
    await invite(page, world, 'TESS.totp@customers.example', 'Zoe', lang);
    await expectRefused(email, t.alreadyThere);
  });

  test('people: searched, disabled and enabled; what is done is told', async ({ page, portal, mailbox, t, visitor }) => {
    const world = { portal, mailbox, t };
    const tess = await portal.person('tess.totp');
    const hers = await visitor();
    await signInTotp(hers, world, tess);
    await signInAda(page, world);
    await openPerson(page, world, 'customers', 'tollmann', 'Tess Tollmann');
    await expect(page.getByRole('main')).toContainText(tess.login);
    await page.locator('summary').filter({ hasText: t.disable }).click();
    const before = await mailbox.mark();
    await press(page, t.disable);
    await expectNews(page, t.disabled);
    await mailbox.newest(tess.login, before);
    await hers.goto('/customers/overview');
    await expect(hers).toHaveURL(/\/customers\/sign-in$/);
    await givePassword(hers, t, tess.login, tess.password ?? '');
    await expectProblem(hers, t.wrongCredentials);
    await press(page, t.enable);
    await expectNews(page, t.enabled);
    await givePassword(hers, t, tess.login, tess.password ?? '');
    await expectHeading(hers, t.codeTitle);
  });

  test('a locked factor is seen and unlocked', async ({ page, portal, mailbox, t, visitor }) => {
    const world = { portal, mailbox, t };
    const tess = await portal.person('tess.totp');
    const hers = await visitor();
    await visit(hers, '/customers/sign-in');
    await givePassword(hers, t, tess.login, tess.password ?? '');
    await expectHeading(hers, t.codeTitle);
    const right = await portal.totp(tess.totp_secret ?? '');
    for (let n = 0; n < 5; n += 1) {
      await portal.advance(5);
      const answer = hers.waitForResponse((response) => response.url().endsWith('/api/prove/code'));
      await giveCode(hers, t, right === '000000' ? '111111' : '000000');
      await (await answer).finished();
      await expectRefused(hers.getByLabel(t.securityCode, { exact: true }), t.wrongTotp);
    }
    await giveCode(hers, t, await portal.nextTotp(tess.totp_secret ?? ''));
    await expectProblem(hers, t.tooOften);
    await signInAda(page, world);
    await openPerson(page, world, 'customers', 'tess', 'Tess Tollmann');
    await press(page, t.unlock);
    await expectNews(page, t.unlocked);
    await giveCode(hers, t, await portal.nextTotp(tess.totp_secret ?? ''));
    await expectSignedIn(hers, t);
    await expect(card(hers, t.totpChoice)).toBeVisible();
  });

  test('administration is for administrators', async ({ page, portal, mailbox, t, plugIn, guard }) => {
    guard.expect(/403/);
    const world = { portal, mailbox, t };
    await page.goto('/admin');
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
    await signInTotp(page, world, await portal.person('tess.totp'));
    await page.goto('/admin/customers/invitations');
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
    const jonas = await portal.person('Q471108');
    const key = await plugIn(page);
    await key.hold(jonas);
    await key.approve(async () => {
      await press(page, t.withPasskey);
      await expectHeading(page, t.pinTitle);
    });
    await page.getByLabel(t.pin, { exact: true }).fill(jonas.pin ?? '');
    await press(page, t.signIn);
    // Where he wanted to go, and may not.
    await expect(page).toHaveURL(/\/admin\/customers\/invitations$/);
    await expectHeading(page, t.notFound);
    await page.goto('/workforce/overview');
    await expect(page.locator('a[href="/admin"]')).toHaveCount(0);
    const answer = await page.goto('/admin/customers/people');
    expect(answer?.status()).toBe(403);
    const posted = await page.request.post('/api/admin/invite', {
      form: { realm: 'customers', email: ZOE, name: '', lang: 'en' },
      headers: { 'sec-fetch-site': 'same-origin', accept: 'application/json' },
    });
    expect(posted.status()).toBe(403);
    expect(await mailbox.all(ZOE)).toEqual([]);
  });

  test('the export is a CSV that no spreadsheet runs', async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    await signInAda(page, world);
    await openInvitations(page, world);
    await invite(page, world, ZOE, '=HYPERLINK("http://evil.example")', 'en');
    await expectNews(page, t.invited);
    await visit(page, '/admin/customers/people');
    await press(page, t.exportCsv);
    const to = page.getByRole('link', { name: new RegExp(`^${t.transferDownload('CSV')}`) });
    const answer = await page.request.get((await to.getAttribute('href'))!, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(answer.status()).toBe(200);
    expect(answer.headers()['content-type']).toMatch(/^text\/csv/);
    expect(answer.headers()['cache-control']).toBe('no-store');
    const { text } = await fetched(page, t.transferDownload('CSV'));
    expect(text).toContain('tess.totp@customers.example');
    expect(text).toContain(ZOE);
    expect(text).not.toMatch(/(^|[,;])"?=HYPERLINK/m);
  });
});
