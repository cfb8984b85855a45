import { expectGoodPage } from '../fixtures/axe';
import { policies } from '../fixtures/policies';
import { signInLine } from '../pages/approval';
import { signInEmail, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

// Codes by mail are enough for two more days, in whatever zone the realm counts them.
const DAY = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
const CHAINS = `chains = [{ factors = ["password", "email"], before = "${DAY}" }, { factors = ["password", "totp"] }]`;
const POLICY = [
  '--policy',
  policies('customers', /localhost:9090([^]*?)scopes = (.*)$/m, `localhost:9090$1scopes = $2\n${CHAINS}`),
];

test.describe('methods of an application', () => {
  test.use({ serverArgs: POLICY });

  test('D01: a method counts for an application until its day, and the page says so', async ({ page, portal, mailbox, t, lang, visitor }) => {
    const world = { portal, mailbox, t };
    const emil = await portal.person('emil.mail');
    const tess = await portal.person('tess.totp');
    await signInEmail(page, world, emil);
    const tile = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: t.learning, exact: true }) });
    await expect(tile.getByText(t.lacksLater)).toBeVisible();
    await expectGoodPage(page, lang);
    const other = await visitor();
    await signInTotp(other, world, tess);
    const hers = other.getByRole('listitem').filter({ has: other.getByRole('link', { name: t.learning, exact: true }) });
    await expect(hers.getByText(t.asksLater)).toBeVisible();
    // The day has come: who has no app does not see it any more, who has one goes on.
    await portal.advance(3 * 86_400);
    await signInTotp(other, world, tess);
    await expect(hers.getByText(t.asksNow)).toBeVisible();
    await signInEmail(page, world, emil);
    await expect(page.getByRole('link', { name: t.learning, exact: true })).toHaveCount(0);
  });
});

const SMS_ALONE = [
  '--policy',
  policies('agents', /localhost:9090([^]*?)scopes = (.*)$/m, 'localhost:9090$1scopes = $2\nchains = [{ factors = ["password", "sms"] }]'),
];

test.describe('methods of an application of the agents', () => {
  test.use({ serverArgs: SMS_ALONE });

  test('D01: who has codes by call does not see an application that asks for SMS', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const learning = { name: t.learning, exact: true };
    await signInLine(page, world, 'mberg');
    await expect(page.getByRole('link', learning)).toBeVisible();
    const other = await visitor();
    await signInLine(other, world, 'tlang');
    await expect(other.getByRole('link', learning)).toHaveCount(0);
    await expectGoodPage(other, lang);
    // Nor by the way from the application itself, which is told why.
    const asked = new URLSearchParams({
      client_id: 'lernwelt',
      response_type: 'code',
      scope: 'openid',
      state: 's',
      redirect_uri: 'http://localhost:9090/callback',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    const led = await other.request.get(`/agents/oidc/authorize?${asked}`, { maxRedirects: 0 });
    expect(led.headers()['location']).toMatch(/^http:\/\/localhost:9090\/callback\?.*error=unmet_authentication_requirements/);
  });
});
